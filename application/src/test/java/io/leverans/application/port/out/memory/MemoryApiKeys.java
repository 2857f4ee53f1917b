package io.leverans.application.port.out.memory;

import io.leverans.application.port.out.ApiKeys;
import io.leverans.application.view.ApiKeyView;
import io.leverans.domain.team.Member;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keys in memory, of members that are there; they expire by the given clock. */
public final class MemoryApiKeys implements ApiKeys {
  private final MemoryTeams teams;
  private final InstantSource clock;
  private final Map<String, Key> keys = new LinkedHashMap<>();
  private int issued;

  public MemoryApiKeys(MemoryTeams teams, InstantSource clock) {
    this.teams = teams;
    this.clock = clock;
  }

  private record Key(Member member, ApiKeyView view) {}

  @Override
  public IssuedKey issue(Member member, String label, Optional<Duration> validFor) {
    teams.requireMember(member.team(), member.id());
    Instant now = clock.instant();
    issued++;
    var key =
        new IssuedKey(
            "key_" + member.team().value() + "_" + issued,
            "key_" + member.team().value() + "_" + issued + "secret");
    keys.put(
        key.clear(),
        new Key(
            member,
            new ApiKeyView(
                key.prefix(),
                member.id(),
                member.name(),
                label,
                now,
                validFor.map(now::plus),
                Optional.empty())));
    return key;
  }

  @Override
  public Optional<Member> find(String apiKey) {
    Optional<Key> found =
        Optional.ofNullable(keys.get(apiKey))
            .filter(key -> isThere(key.member()))
            .filter(key -> key.view().expiresAt().map(clock.instant()::isBefore).orElse(true));
    found.ifPresent(key -> keys.put(apiKey, used(key)));
    return found.map(Key::member);
  }

  private Key used(Key key) {
    ApiKeyView view = key.view();
    return new Key(
        key.member(),
        new ApiKeyView(
            view.prefix(),
            view.member(),
            view.memberName(),
            view.label(),
            view.createdAt(),
            view.expiresAt(),
            Optional.of(clock.instant().truncatedTo(ChronoUnit.MINUTES))));
  }

  @Override
  public List<ApiKeyView> list(TeamId team) {
    return keys.values().stream()
        .filter(key -> key.member().team().equals(team) && isThere(key.member()))
        .map(Key::view)
        .toList();
  }

  @Override
  public Revocation revoke(TeamId team, String prefix) {
    return keys.values()
            .removeIf(key -> key.member().team().equals(team) && key.view().prefix().equals(prefix))
        ? Revocation.REVOKED
        : Revocation.UNKNOWN;
  }

  private boolean isThere(Member member) {
    return teams.findMember(member.team(), member.id()).isPresent();
  }
}
