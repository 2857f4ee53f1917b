package io.leverans.application.port.out.memory;

import io.leverans.application.port.out.Teams;
import io.leverans.domain.team.Member;
import io.leverans.domain.team.MemberId;
import io.leverans.domain.team.Team;
import io.leverans.domain.team.TeamId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Teams and members in memory; who is removed is forgotten. */
public final class MemoryTeams implements Teams {
  private final Map<Long, Team> teams = new TreeMap<>();
  private final Set<Member> members = new LinkedHashSet<>();
  private long lastNumber;

  @Override
  public TeamId nextNumber() {
    return new TeamId(++lastNumber);
  }

  @Override
  public void create(Team team, Member first) {
    if (!first.team().equals(team.id())) {
      throw new IllegalArgumentException("the first member belongs to another team");
    }
    if (teams.putIfAbsent(team.id().value(), team) != null) {
      throw new IllegalStateException("the number is taken: " + team.id());
    }
    members.add(first);
  }

  @Override
  public Optional<Team> find(TeamId team) {
    return Optional.ofNullable(teams.get(team.value()));
  }

  @Override
  public List<Team> list() {
    return List.copyOf(teams.values());
  }

  @Override
  public Removal remove(TeamId team) {
    if (teams.remove(team.value()) == null) {
      return Removal.UNKNOWN;
    }
    members.removeIf(member -> member.team().equals(team));
    return Removal.REMOVED;
  }

  @Override
  public Addition add(Member member) {
    if (find(member.team()).isEmpty()) {
      return Addition.UNKNOWN_TEAM;
    }
    members.add(member);
    return Addition.ADDED;
  }

  @Override
  public Optional<Member> findMember(TeamId team, MemberId member) {
    return members(team).stream().filter(known -> known.id().equals(member)).findFirst();
  }

  @Override
  public List<Member> members(TeamId team) {
    return members.stream().filter(member -> member.team().equals(team)).toList();
  }

  @Override
  public Removal removeMember(TeamId team, MemberId member) {
    Optional<Member> leaving = findMember(team, member);
    if (leaving.isEmpty()) {
      return Removal.UNKNOWN;
    }
    if (members(team).stream()
        .filter(known -> known.role() == Member.Role.ADMIN)
        .allMatch(leaving.get()::equals)) {
      return Removal.LAST_ADMIN;
    }
    members.remove(leaving.get());
    return Removal.REMOVED;
  }

  /** All that are there, of whatever team. */
  public Set<Member> members() {
    return Set.copyOf(members);
  }

  void requireMember(TeamId team, MemberId id) {
    if (findMember(team, id).isEmpty()) {
      throw new IllegalStateException("no such member of " + team + ": " + id);
    }
  }
}
