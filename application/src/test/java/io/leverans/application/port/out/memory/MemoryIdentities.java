package io.leverans.application.port.out.memory;

import io.leverans.application.port.out.ChoiceTerms;
import io.leverans.application.port.out.Identities;
import io.leverans.application.port.out.LinkCode;
import io.leverans.application.port.out.NewIdentity;
import io.leverans.application.view.Rechosen;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.identity.Identity;
import io.leverans.domain.identity.Identity.Standing;
import io.leverans.domain.identity.IdentityId;
import io.leverans.domain.identity.Verification;
import io.leverans.domain.team.MemberId;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Identities in memory, of members that are there; codes run out by the given clock. */
public final class MemoryIdentities implements Identities {
  private final MemoryTeams teams;
  private final InstantSource clock;
  private final ChoiceRows rows;
  private final Map<IdentityId, ValidCode> codes = new HashMap<>();

  private record ValidCode(LinkCode code, Instant until) {}

  public MemoryIdentities(MemoryTeams teams, MemoryChannels channels, InstantSource clock) {
    this.teams = teams;
    this.rows = channels.rows;
    this.clock = clock;
  }

  @Override
  public Creation create(NewIdentity identity, ChoiceTerms terms) {
    teams.requireMember(identity.team(), identity.member());
    if (find(identity.team(), identity.member(), identity.mailbox().address()).isPresent()) {
      return Creation.ADDRESS_TAKEN;
    }
    if (rows.identities.containsKey(identity.id())) {
      throw new IllegalStateException("the id is taken: " + identity.id());
    }
    rows.identities.put(identity.id(), stored(identity, terms));
    return Creation.CREATED;
  }

  private Identity stored(NewIdentity identity, ChoiceTerms terms) {
    Standing standing =
        findDefault(identity.team(), identity.member()).isEmpty()
            ? Standing.DEFAULT
            : Standing.ADDITIONAL;
    return new Identity(
        identity.team(),
        identity.id(),
        identity.member(),
        identity.mailbox(),
        identity.signature(),
        identity.replies(),
        standing,
        rows.decide(identity.team(), identity.member(), standing, Optional.empty(), terms),
        switch (identity.proof()) {
          case PENDING -> new Verification.Pending();
          case VOUCHED_FOR -> new Verification.Verified(clock.instant());
        },
        clock.instant());
  }

  @Override
  public Optional<Identity> find(TeamId team, IdentityId identity) {
    return Optional.ofNullable(rows.identities.get(identity))
        .filter(found -> found.team().equals(team));
  }

  @Override
  public Optional<Identity> find(TeamId team, MemberId member, EmailAddress address) {
    return list(team).stream()
        .filter(identity -> identity.member().equals(member))
        .filter(identity -> identity.mailbox().address().sameMailbox(address))
        .findFirst();
  }

  @Override
  public List<Identity> list(TeamId team) {
    return rows.identities.values().stream()
        .filter(identity -> identity.team().equals(team))
        .toList();
  }

  @Override
  public void replaceCode(IdentityId identity, LinkCode code, Duration validFor) {
    if (find(code.team(), identity).isEmpty()) {
      throw new IllegalStateException("no such identity of " + code.team() + ": " + identity);
    }
    codes.put(identity, new ValidCode(code, clock.instant().plus(validFor)));
  }

  @Override
  public Optional<Identity> findDefault(TeamId team, MemberId member) {
    return list(team).stream()
        .filter(identity -> identity.member().equals(member))
        .filter(identity -> identity.standing() == Standing.DEFAULT)
        .findFirst();
  }

  @Override
  public Optional<Rechosen> choose(
      TeamId team, IdentityId identity, Optional<ChannelId> chosen, ChoiceTerms terms) {
    return find(team, identity).flatMap(found -> rows.decideAnew(found, chosen, terms));
  }

  @Override
  public List<Rechosen> makeDefault(TeamId team, IdentityId identity, ChoiceTerms terms) {
    Identity next = find(team, identity).orElseThrow();
    if (next.standing() == Standing.DEFAULT) {
      return List.of();
    }
    Optional<Identity> before = findDefault(team, next.member());
    return rows.decideAnew(
        Stream.concat(
                before.map(found -> standing(found, Standing.ADDITIONAL)).stream(),
                Stream.of(standing(next, Standing.DEFAULT)))
            .toList(),
        terms);
  }

  private Identity standing(Identity identity, Standing standing) {
    Identity changed = ChoiceRows.with(identity, standing, identity.choice());
    rows.identities.put(identity.id(), changed);
    return changed;
  }

  @Override
  public Optional<Identity> findByCode(LinkCode code) {
    return codes.entrySet().stream()
        .filter(entry -> entry.getValue().code().equals(code))
        .filter(entry -> clock.instant().isBefore(entry.getValue().until()))
        .findFirst()
        .flatMap(entry -> find(code.team(), entry.getKey()));
  }

  @Override
  public Optional<Identity> verify(LinkCode code) {
    Optional<Identity> found = findByCode(code).map(this::verified);
    found.ifPresent(
        identity -> {
          rows.identities.put(identity.id(), identity);
          codes.remove(identity.id());
        });
    return found;
  }

  private Identity verified(Identity identity) {
    return new Identity(
        identity.team(),
        identity.id(),
        identity.member(),
        identity.mailbox(),
        identity.signature(),
        identity.replies(),
        identity.standing(),
        identity.choice(),
        new Verification.Verified(clock.instant()),
        identity.createdAt());
  }
}
