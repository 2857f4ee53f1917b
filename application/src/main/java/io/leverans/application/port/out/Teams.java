package io.leverans.application.port.out;

import io.leverans.domain.team.Member;
import io.leverans.domain.team.Team;
import io.leverans.domain.team.TeamId;
import java.util.Optional;

/** The teams and their members. Safe for use by many threads. */
public interface Teams {
  /** The next free number, which nobody else gets. */
  TeamId nextNumber();

  /** Stores a new team with its first member. */
  void create(Team team, Member first);

  Optional<Team> find(TeamId team);
}
