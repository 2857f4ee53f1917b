package io.leverans.application.service.team;

import io.leverans.application.port.in.AdministerTeams;
import io.leverans.application.port.out.Teams;
import io.leverans.domain.team.Team;
import io.leverans.domain.team.TeamId;
import java.util.List;

/** Lists and removes teams. */
public final class AdministerTeamsService implements AdministerTeams {
  private static final TeamId OPERATORS = new TeamId(1);

  private final Teams teams;

  public AdministerTeamsService(Teams teams) {
    this.teams = teams;
  }

  @Override
  public List<Team> list() {
    return teams.list();
  }

  @Override
  public Removal remove(TeamId team) {
    if (team.equals(OPERATORS)) {
      return Removal.OPERATORS_OWN;
    }
    return switch (teams.remove(team)) {
      case REMOVED -> Removal.REMOVED;
      case UNKNOWN -> Removal.UNKNOWN_TEAM;
      case LAST_ADMIN -> throw new IllegalStateException("a team is removed with all its admins");
    };
  }
}
