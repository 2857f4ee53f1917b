package io.leverans.application.port.out.memory;

import io.leverans.application.port.out.Identities;
import io.leverans.application.port.out.NewIdentity;
import io.leverans.application.port.out.VerificationCode;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.identity.Identity;
import io.leverans.domain.identity.IdentityId;
import io.leverans.domain.identity.Verification;
import io.leverans.domain.team.MemberId;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Identities in memory, of members that are there; codes run out by the given clock. */
public final class MemoryIdentities implements Identities {
  private final MemoryTeams teams;
  private final InstantSource clock;
  private final Map<IdentityId, Identity> identities = new LinkedHashMap<>();
  private final Map<IdentityId, ValidCode> codes = new HashMap<>();

  private record ValidCode(VerificationCode code, Instant until) {}

  public MemoryIdentities(MemoryTeams teams, InstantSource clock) {
    this.teams = teams;
    this.clock = clock;
  }

  @Override
  public Creation create(NewIdentity identity) {
    teams.requireMember(identity.team(), identity.member());
    if (find(identity.team(), identity.member(), identity.mailbox().address()).isPresent()) {
      return Creation.ADDRESS_TAKEN;
    }
    if (identities.containsKey(identity.id())) {
      throw new IllegalStateException("the id is taken: " + identity.id());
    }
    identities.put(identity.id(), stored(identity));
    return Creation.CREATED;
  }

  private Identity stored(NewIdentity identity) {
    boolean first =
        list(identity.team()).stream().noneMatch(other -> other.member().equals(identity.member()));
    return new Identity(
        identity.team(),
        identity.id(),
        identity.member(),
        identity.mailbox(),
        identity.signature(),
        first ? Identity.Standing.DEFAULT : Identity.Standing.ADDITIONAL,
        identity.channel(),
        switch (identity.proof()) {
          case PENDING -> new Verification.Pending();
          case VOUCHED_FOR -> new Verification.Verified(clock.instant());
        },
        clock.instant());
  }

  @Override
  public Optional<Identity> find(TeamId team, IdentityId identity) {
    return Optional.ofNullable(identities.get(identity)).filter(found -> found.team().equals(team));
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
    return identities.values().stream().filter(identity -> identity.team().equals(team)).toList();
  }

  @Override
  public void replaceCode(IdentityId identity, VerificationCode code, Duration validFor) {
    if (find(code.team(), identity).isEmpty()) {
      throw new IllegalStateException("no such identity of " + code.team() + ": " + identity);
    }
    codes.put(identity, new ValidCode(code, clock.instant().plus(validFor)));
  }

  @Override
  public Optional<Identity> findByCode(VerificationCode code) {
    return codes.entrySet().stream()
        .filter(entry -> entry.getValue().code().equals(code))
        .filter(entry -> clock.instant().isBefore(entry.getValue().until()))
        .findFirst()
        .flatMap(entry -> find(code.team(), entry.getKey()));
  }

  @Override
  public Optional<Identity> verify(VerificationCode code) {
    Optional<Identity> found = findByCode(code).map(this::verified);
    found.ifPresent(
        identity -> {
          identities.put(identity.id(), identity);
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
        identity.standing(),
        identity.channel(),
        new Verification.Verified(clock.instant()),
        identity.createdAt());
  }
}
