package io.leverans.application.port.out.memory;

import io.leverans.application.port.out.Teams;
import io.leverans.domain.team.Member;
import io.leverans.domain.team.MemberId;
import io.leverans.domain.team.Team;
import io.leverans.domain.team.TeamId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Teams and members in memory. */
public final class MemoryTeams implements Teams {
  private final Map<TeamId, Team> teams = new HashMap<>();
  private final Set<Member> members = new HashSet<>();
  private long lastNumber;

  @Override
  public TeamId nextNumber() {
    return new TeamId(++lastNumber);
  }

  @Override
  public void create(Team team, Member first) {
    if (teams.putIfAbsent(team.id(), team) != null) {
      throw new IllegalStateException("the number is taken: " + team.id());
    }
    add(first);
  }

  @Override
  public Optional<Team> find(TeamId team) {
    return Optional.ofNullable(teams.get(team));
  }

  /** One more member of a team that is there. */
  public void add(Member member) {
    if (!teams.containsKey(member.team())) {
      throw new IllegalStateException("no such team: " + member.team());
    }
    members.add(member);
  }

  public Set<Member> members() {
    return Set.copyOf(members);
  }

  void requireMember(TeamId team, MemberId id) {
    if (members.stream().noneMatch(known -> known.team().equals(team) && known.id().equals(id))) {
      throw new IllegalStateException("no such member of " + team + ": " + id);
    }
  }
}
