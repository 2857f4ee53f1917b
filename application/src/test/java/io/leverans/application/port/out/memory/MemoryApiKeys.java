package io.leverans.application.port.out.memory;

import io.leverans.application.port.out.ApiKeys;
import io.leverans.domain.team.Member;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Keys in memory, of members that are there. */
public final class MemoryApiKeys implements ApiKeys {
  private final MemoryTeams teams;
  private final Map<String, Member> members = new HashMap<>();

  public MemoryApiKeys(MemoryTeams teams) {
    this.teams = teams;
  }

  @Override
  public String issue(Member member) {
    teams.requireMember(member.team(), member.id());
    String key = "key-" + member.team().value() + "-" + (members.size() + 1);
    members.put(key, member);
    return key;
  }

  @Override
  public Optional<Member> find(String apiKey) {
    return Optional.ofNullable(members.get(apiKey));
  }
}
