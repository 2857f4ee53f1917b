package io.leverans.application.port.out;

import io.leverans.domain.channel.Flow;
import io.leverans.domain.channel.Forecast.Amount;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.channel.LaneNews;
import io.leverans.domain.channel.Limit;
import io.leverans.domain.channel.Pace;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What may pass each lane, over all nodes and by the database's clock: in no window of a limit's
 * length does more pass than the limit says, and on a lane that shows trouble a single dispatch is
 * tried now and then. Safe for use by many threads.
 */
public interface Lanes {
  /**
   * Takes a permit to pass now. Until it is known to have been used it counts as if it were used
   * any moment; one that is neither used nor given back counts until it is no longer valid and for
   * the length of the window from then on.
   *
   * @param pace not unlimited
   * @param patience for how long to wait for room, if it is known to come by then
   */
  Taking take(Lane lane, Pace pace, Amount amount, Duration patience);

  /** It passed just now. May be noted a moment later. */
  void passed(Permit permit);

  /**
   * It did not pass and will not. May be noted a moment later; a lane that was {@linkplain #close
   * closed} meanwhile stays so.
   */
  void giveBack(Permit permit);

  /**
   * Nothing passes it for that long, whatever its own pace says: a lane around it has no room. May
   * be {@linkplain #ask asked} again after a quarter of an hour.
   */
  void close(Lane lane, Duration length);

  /** Its pace has changed: how much room it has is found out when the next one wants to pass. */
  void reopen(Lane lane);

  /**
   * It has no limits any more: what was known of its room is forgotten, a moment later. Does not
   * fail.
   */
  void unlimited(Lane lane);

  /**
   * What is known of lanes whose pace is limited and that something passed, and of those that do
   * not flow freely; may be behind.
   */
  Map<Lane, Room> rooms(Collection<Lane> lanes);

  /**
   * Takes, of lanes that are closed for longer than that is believed, the leave to let one dispatch
   * ask on each whether they still are: of all who want to, one gets it, and the next one a quarter
   * of an hour later, or once the lane was asked and that is believed no more.
   *
   * @return those of the lanes that may be asked
   */
  Set<Lane> ask(Collection<Lane> lanes);

  /**
   * What an attempt showed of its lane; {@link Flow} says what follows. Lanes are closed up to 15 %
   * longer than it says, each by another share.
   *
   * @param begun when the attempt began, by the database's clock
   */
  void tell(Lane lane, LaneNews news, Instant begun);

  /**
   * Takes, of impeded lanes that are open again, the leave to try one dispatch on each: of all who
   * ask, one gets it. The next one is given a gap later, and not while the lease of the first can
   * last: by then its news are there, or its node is dead.
   *
   * @param lease of what is going to be tried
   * @return since when each of those lanes is impeded
   */
  Map<Lane, Instant> probe(Collection<Lane> lanes, Duration lease);

  /** A lane's trouble, if it is in any; may be behind. */
  Optional<ImpededLane> findImpeded(Lane lane);

  /**
   * Lanes that are impeded for longer than that, in the order of their names.
   *
   * @param after only those behind this one
   */
  List<ImpededLane> impeded(Duration longerThan, Optional<Lane> after, int atMost);

  /**
   * Frees impeded lanes on which for that long nobody tried anything although one might: there is
   * nothing left behind them, and nobody would find out that they are well again.
   */
  void freeUntried(Duration forLonger);

  /** The answer to who wants to pass. */
  sealed interface Taking {
    record Granted(Permit permit) implements Taking {}

    /**
     * There is no room.
     *
     * @param reopens after which there may be
     */
    record Closed(Limit limit, Duration reopens) implements Taking {
      public Closed {
        Objects.requireNonNull(limit);
        Objects.requireNonNull(reopens);
      }
    }
  }

  /**
   * Leave to pass.
   *
   * @param number tells it from all others of the lane
   * @param validUntil by the database's clock; not to be used from then on
   */
  record Permit(Lane lane, long number, Instant validUntil) {
    public Permit {
      Objects.requireNonNull(lane);
      Objects.requireNonNull(validUntil);
    }
  }

  /**
   * What passes a lane.
   *
   * @param messages to one recipient that may pass now
   * @param reopens after which one may, where there is none now
   * @param believed after which a single one may {@linkplain #ask ask} again, before that: the pace
   *     may have changed
   * @param probe where the lane is impeded: after which one dispatch may be tried
   */
  record Room(int messages, Duration reopens, Duration believed, Optional<Duration> probe) {
    public Room {
      Objects.requireNonNull(reopens);
      Objects.requireNonNull(believed);
      Objects.requireNonNull(probe);
    }
  }

  /** A lane that does not flow freely, and since when. */
  record ImpededLane(Lane lane, Flow.Impeded flow, Instant since) {
    public ImpededLane {
      Objects.requireNonNull(lane);
      Objects.requireNonNull(flow);
      Objects.requireNonNull(since);
    }
  }
}
