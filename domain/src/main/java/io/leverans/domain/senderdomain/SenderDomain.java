package io.leverans.domain.senderdomain;

import io.leverans.domain.channel.SealedSecrets;
import io.leverans.domain.senderdomain.DomainStanding.Lapsed;
import io.leverans.domain.senderdomain.DomainStanding.Lapsing;
import io.leverans.domain.senderdomain.DomainStanding.Pending;
import io.leverans.domain.senderdomain.DomainStanding.Proof;
import io.leverans.domain.senderdomain.DomainStanding.Signer;
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
 * @param sights how its required records were seen
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
    Sights sights,
    DkimKeys keys,
    Alias alias,
    SealedSecrets secrets,
    Optional<Instant> checkedAt) {
  /** How many of them a team may have. */
  public static final int MOST_OF_A_TEAM = 100;

  private static final Duration USUALLY_CHECKED_EVERY = Duration.ofDays(1);
  private static final Duration CLOSELY_CHECKED_EVERY = Duration.ofHours(1);

  /** Surely late enough to count, whichever clock notes the time. */
  private static final Duration SECOND_LOOK = Sight.SECOND_LOOK_AFTER.plusMinutes(1);

  private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(10);

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
    Objects.requireNonNull(sights);
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
        team,
        id,
        name,
        proofToken,
        new Pending(Optional.empty()),
        Sights.SEEN,
        keys,
        Alias.NOT_SEEN,
        secrets,
        Optional.empty());
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
    Sights seen = sights.after(checked, signing.active(), at);
    DomainStanding now = standing.after(proven(checked.proofWith(signing.active()), seen), at);
    factOf(now).ifPresent(facts::add);
    return new Change(
        new SenderDomain(
            team,
            id,
            name,
            proofToken,
            now,
            seen,
            signing,
            aliasAfter(checked.returnPath()),
            secrets,
            Optional.of(at)),
        facts);
  }

  /** What one look missed counts only after a second. */
  private static Proof proven(Proof look, Sights seen) {
    return look == Proof.FAILS && !seen.tellOfLoss() ? Proof.UNTOLD : look;
  }

  /** In whose name mail is signed: without its key it cannot be in the domain's. */
  public Signer signer() {
    return sights.key() instanceof Sight.Gone ? Signer.PLATFORM : standing.signer();
  }

  /** When a second look tells whether a required record is gone, if one missed it. */
  public Optional<Instant> secondLookAt() {
    return standing instanceof Working
        ? sights.inDoubtSince().map(since -> since.plus(SECOND_LOOK))
        : Optional.empty();
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
        sights,
        keys.announcing(publicKey),
        alias,
        withNext,
        checkedAt);
  }

  /**
   * How long after a look DNS is asked again by itself: soon, where something is about to change.
   * Empty where it is asked only on demand.
   */
  public Optional<Duration> checkedAgainAfter() {
    Instant look = checkedAt.orElse(Instant.EPOCH);
    return switch (standing) {
      case Pending pending -> pending.pauseAfter(look);
      case Lapsing _ -> Optional.of(CLOSELY_CHECKED_EVERY);
      case Working _, Lapsed _ ->
          Optional.of(
              secondLookAt().map(second -> pauseUntil(second, look)).orElseGet(this::usualPause));
    };
  }

  /** A second look that DNS did not answer is taken again, but leaves others their turn. */
  private static Duration pauseUntil(Instant second, Instant look) {
    Duration left = Duration.between(look, second);
    return left.isPositive() ? left : BETWEEN_LOOKS;
  }

  private Duration usualPause() {
    return keys.next().isPresent() ? CLOSELY_CHECKED_EVERY : USUALLY_CHECKED_EVERY;
  }
}
