package io.leverans.persistence;

import io.leverans.domain.channel.Impediment;
import io.leverans.domain.channel.Limit;
import io.leverans.domain.delivery.Cause;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How the mail of all teams and what it goes through stand, for the operator. Counts end at {@link
 * #COUNTED_TO}, and lists hold what matters most.
 *
 * @param ready mail whose turn it is to come
 * @param oldestDue for how long what has come due has not been looked at
 * @param waiting dispatches whose channel is at fault
 * @param oldestUnnumbered for how long an event has had no number, so that nobody sees it
 * @param channels that are connected, by kind
 * @param channelsAtFault of these, those that need attention, by kind
 * @param lanes what mail passes
 * @param platformFaults at how many places the platform's servers are refused, by why
 */
public record Overview(
    ReadyMail ready,
    Duration oldestDue,
    long inDoubt,
    long waiting,
    Duration oldestUnnumbered,
    Map<String, Long> channels,
    Map<String, Long> channelsAtFault,
    LanesPassed lanes,
    Map<Cause, Long> platformFaults) {
  /** What is counted costs no more than this, however much there is. */
  public static final int COUNTED_TO = 10_000;

  public Overview {
    Objects.requireNonNull(ready);
    Objects.requireNonNull(oldestDue);
    Objects.requireNonNull(oldestUnnumbered);
    channels = Map.copyOf(channels);
    channelsAtFault = Map.copyOf(channelsAtFault);
    Objects.requireNonNull(lanes);
    platformFaults = Map.copyOf(platformFaults);
  }

  /**
   * Mail that only its turn holds up; where there is much of it, as looked at one part after the
   * other.
   *
   * @param lines lines of a sender on a lane
   * @param oldest for how long the first of a line has been ready, by lane: where it is longest
   */
  public record ReadyMail(int lines, Map<String, Duration> oldest) {
    public ReadyMail {
      oldest = Map.copyOf(oldest);
    }
  }

  /**
   * How lanes stand.
   *
   * @param paced those that something passed within a day, the closed ones first
   * @param used the limits of those that this node has used the most of
   * @param impeded how many do not flow freely, by what impedes them
   * @param longestImpeded of these, the ones that it is so of for longest
   */
  public record LanesPassed(
      List<PacedLane> paced,
      List<UsedLimit> used,
      Map<Impediment, Long> impeded,
      List<TroubledLane> longestImpeded) {
    public LanesPassed {
      paced = List.copyOf(paced);
      used = List.copyOf(used);
      impeded = Map.copyOf(impeded);
      longestImpeded = List.copyOf(longestImpeded);
    }
  }

  /**
   * A lane whose pace is limited.
   *
   * @param room how much more might pass when something last did
   * @param closed for how long nothing more may pass
   */
  public record PacedLane(String lane, int room, Duration closed) {
    public PacedLane {
      Objects.requireNonNull(lane);
      Objects.requireNonNull(closed);
    }
  }

  /**
   * A limit of a lane.
   *
   * @param share how much of it is used up just now, of 1
   */
  public record UsedLimit(String lane, Limit limit, double share) {
    public UsedLimit {
      Objects.requireNonNull(lane);
      Objects.requireNonNull(limit);
    }
  }

  /** A lane that does not flow freely, and for how long. */
  public record TroubledLane(String lane, Impediment by, Duration age) {
    public TroubledLane {
      Objects.requireNonNull(lane);
      Objects.requireNonNull(by);
      Objects.requireNonNull(age);
    }
  }
}
