package io.leverans.application.port.out;

import io.leverans.application.port.out.Lanes.ImpededLane;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.util.List;

/**
 * Mail whose turn does not come, since its lane does not flow. All times are the database's. Safe
 * for use by many threads.
 */
public interface StuckMail {
  /** Teams with mail that is ready on the lane; may be a moment behind. */
  List<TeamId> teamsBehind(Lane lane);

  /**
   * Ends as given up, with its events, what has been tried for so long, the time behind the lane
   * counted in: not the time it was ready before the lane was impeded. What somebody else is just
   * claiming is passed over.
   *
   * @param atMost so many dispatches
   * @return how many dispatches were given up
   */
  int giveUp(TeamId team, ImpededLane lane, Duration giveUpAfter, int atMost);
}
