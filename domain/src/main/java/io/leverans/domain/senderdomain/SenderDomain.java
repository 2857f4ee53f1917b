package io.leverans.domain.senderdomain;

import io.leverans.domain.channel.SealedSecrets;
import io.leverans.domain.senderdomain.DomainStanding.Lapsed;
import io.leverans.domain.senderdomain.DomainStanding.Lapsing;
import io.leverans.domain.senderdomain.DomainStanding.Pending;
import io.leverans.domain.senderdomain.DomainStanding.Working;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A domain that a team writes from, or wants to.
 *
 * @param proofToken the text that only this team was told to publish
 * @param alias whether the return path was last seen to lead to the platform
 * @param secrets the private keys by their selectors, sealed
 * @param checkedAt when DNS was last asked
 */
public record SenderDomain(
    TeamId team,
    SenderDomainId id,
    DomainName name,
    String proofToken,
    DomainStanding standing,
    DkimKeys keys,
    Alias alias,
    SealedSecrets secrets,
    Optional<Instant> checkedAt) {
  private static final Duration USUALLY_CHECKED_EVERY = Duration.ofDays(1);
  private static final Duration CLOSELY_CHECKED_EVERY = Duration.ofHours(1);

  /** Whether the domain's own return path can be used. */
  public enum Alias {
    SEEN,
    NOT_SEEN
  }

  public SenderDomain {
    Objects.requireNonNull(team);
    Objects.requireNonNull(id);
    Objects.requireNonNull(name);
    Objects.requireNonNull(proofToken);
    Objects.requireNonNull(standing);
    Objects.requireNonNull(keys);
    Objects.requireNonNull(alias);
    Objects.requireNonNull(secrets);
    Objects.requireNonNull(checkedAt);
  }

  /** One that nothing is known of yet. */
  public static SenderDomain added(
      TeamId team,
      SenderDomainId id,
      DomainName name,
      String proofToken,
      DkimKeys keys,
      SealedSecrets secrets) {
    return new SenderDomain(
        team, id, name, proofToken, new Pending(), keys, Alias.NOT_SEEN, secrets, Optional.empty());
  }

  /** The host of the domain's own return path. */
  public String returnPathHost() {
    return name.below("bounces");
  }

  /** A domain and what came to pass with it. */
  public record Change(SenderDomain domain, List<DomainFact> facts) {
    public Change {
      Objects.requireNonNull(domain);
      facts = List.copyOf(facts);
    }
  }

  /**
   * What becomes of it by a look into DNS at that time. What could not be asked changes nothing.
   */
  public Change after(Checked checked, Instant at) {
    List<DomainFact> facts = new ArrayList<>();
    DkimKeys signing =
        keys.next()
            .filter(key -> checked.of(key) == Verdict.OK)
            .map(found -> keys.switchedAt(found, at))
            .orElse(keys);
    if (!signing.equals(keys)) {
      facts.add(DomainFact.KEY_SWITCHED);
    }
    DomainStanding now = standing.after(checked.proofWith(signing.active()), at);
    factOf(now).ifPresent(facts::add);
    return new Change(
        new SenderDomain(
            team,
            id,
            name,
            proofToken,
            now,
            signing,
            aliasAfter(checked.returnPath()),
            secrets,
            Optional.of(at)),
        facts);
  }

  private Alias aliasAfter(Verdict verdict) {
    return switch (verdict) {
      case OK -> Alias.SEEN;
      case MISSING, DIFFERENT -> Alias.NOT_SEEN;
      case UNTOLD -> alias;
    };
  }

  private Optional<DomainFact> factOf(DomainStanding now) {
    if (now.equals(standing)) {
      return Optional.empty();
    }
    return switch (now) {
      case Pending _ -> Optional.empty();
      case Working _ ->
          Optional.of(standing instanceof Pending ? DomainFact.WORKS : DomainFact.RECOVERED);
      case Lapsing _ -> Optional.of(DomainFact.LAPSES);
      case Lapsed _ -> Optional.of(DomainFact.LAPSED);
    };
  }

  /** With a next key to publish, and its private half among the secrets. */
  public SenderDomain announcing(String publicKey, SealedSecrets withNext) {
    return new SenderDomain(
        team,
        id,
        name,
        proofToken,
        standing,
        keys.announcing(publicKey),
        alias,
        withNext,
        checkedAt);
  }

  /** How long until DNS is asked again by itself: soon, where something is about to change. */
  public Duration checkedAgainAfter() {
    boolean closely = standing instanceof Lapsing || keys.next().isPresent();
    return closely ? CLOSELY_CHECKED_EVERY : USUALLY_CHECKED_EVERY;
  }
}
