package io.leverans.application.port.in;

import io.leverans.domain.team.Team;
import io.leverans.domain.team.TeamId;
import java.util.List;

/** The operator's care for teams; {@link SetUpTeam} makes one. */
public interface AdministerTeams {
  /** By number. */
  List<Team> list();

  /** Nobody can act for it any more; what it sent stays. */
  Removal remove(TeamId team);

  /** Whether it was removed. */
  enum Removal {
    REMOVED,
    UNKNOWN_TEAM,
    /** Team 1 is the operator's own. */
    OPERATORS_OWN
  }
}
