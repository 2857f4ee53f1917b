package io.leverans.application.port.out;

import io.leverans.application.port.out.Lanes.ImpededLane;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Mail whose turn does not come, since its lane does not flow. All times are the database's. Safe
 * for use by many threads.
 */
public interface StuckMail {
  /** Whose mail is ready on the lane, and through what it goes; may be a moment behind. */
  List<Place> placesBehind(Lane lane);

  /**
   * Ends as given up, with its events, what of the place has been tried for so long, the time
   * behind the lane counted in: not the time it was ready before the lane was impeded. What
   * somebody else is just claiming is passed over.
   *
   * @param atMost so many dispatches
   * @return how many dispatches were given up
   */
  int giveUp(Place place, ImpededLane lane, Duration giveUpAfter, int atMost);

  /** A team's mail through one channel. */
  record Place(TeamId team, ChannelId channel) {
    public Place {
      Objects.requireNonNull(team);
      Objects.requireNonNull(channel);
    }
  }
}
