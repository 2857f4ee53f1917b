package io.leverans.application.port.out;

import io.leverans.application.port.out.Lanes.ImpededLane;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Mail whose turn does not come, since its lane does not flow. All times are the database's. Safe
 * for use by many threads.
 */
public interface StuckMail {
  /** Who has mail that is ready on the lane; may be a moment behind. */
  List<TeamId> teamsBehind(Lane lane);

  /**
   * Ends as given up, with its events, what of the team has been tried for as long as mail through
   * its channel is, the time behind the lane counted in: not the time it was ready before the lane
   * was impeded. What somebody else is just claiming is passed over.
   *
   * @param atMost so many dispatches
   * @return how many dispatches were given up
   */
  int giveUp(TeamId team, ImpededLane lane, Patience patience, int atMost);

  /**
   * How long mail is tried.
   *
   * @param ofChannels through each of these
   * @param usual through others, such as one that was removed
   */
  record Patience(Map<ChannelId, Duration> ofChannels, Duration usual) {
    public Patience {
      ofChannels = Map.copyOf(ofChannels);
      Objects.requireNonNull(usual);
    }
  }
}
