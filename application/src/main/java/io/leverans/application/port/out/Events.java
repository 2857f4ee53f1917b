package io.leverans.application.port.out;

import io.leverans.application.view.Event;
import io.leverans.domain.team.TeamId;
import java.util.List;

/** The feed of each team. Safe for use by many threads. */
public interface Events {
  /** Numbered events after a number, in order. */
  List<Event> after(TeamId team, long number, int limit);

  /**
   * Teams with events that have no number yet, in turn where they are more; may be a moment behind.
   */
  List<TeamId> teamsWithUnnumbered(int atMost);

  /**
   * Numbers what is committed and not numbered, consecutively; one node at a time for each team,
   * others leave it.
   *
   * @return how many were numbered
   */
  int number(TeamId team);
}
