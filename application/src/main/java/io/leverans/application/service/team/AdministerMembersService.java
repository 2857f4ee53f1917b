package io.leverans.application.service.team;

import io.leverans.application.port.in.AdministerMembers;
import io.leverans.application.port.out.Ids;
import io.leverans.application.port.out.Teams;
import io.leverans.domain.team.Member;
import io.leverans.domain.team.MemberId;
import io.leverans.domain.team.TeamId;

/** Adds, lists and removes members. */
public final class AdministerMembersService implements AdministerMembers {
  private final Teams teams;
  private final Ids ids;

  public AdministerMembersService(Teams teams, Ids ids) {
    this.teams = teams;
    this.ids = ids;
  }

  @Override
  public Addition add(TeamId team, String name, Member.Role role) {
    var member = new Member(team, new MemberId(ids.next()), name, role);
    return switch (teams.add(member)) {
      case ADDED -> new Addition.Added(member);
      case UNKNOWN_TEAM -> new Addition.UnknownTeam();
    };
  }

  @Override
  public Listing list(TeamId team) {
    return teams
        .find(team)
        .<Listing>map(known -> new Listing.Members(teams.members(known.id())))
        .orElseGet(Listing.UnknownTeam::new);
  }

  @Override
  public Removal remove(TeamId team, MemberId member) {
    return switch (teams.removeMember(team, member)) {
      case REMOVED -> Removal.REMOVED;
      case UNKNOWN -> Removal.UNKNOWN_MEMBER;
      case LAST_ADMIN -> Removal.LAST_ADMIN;
    };
  }
}
