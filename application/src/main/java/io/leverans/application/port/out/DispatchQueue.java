package io.leverans.application.port.out;

import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.delivery.AttemptReport;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.HandOver;
import io.leverans.domain.delivery.RetrySchedule;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The queue, which is the database: any number of nodes share it, and what it promises holds over
 * all of them and over crashes. All times are the database's. Safe for use by many threads.
 */
public interface DispatchQueue {
  /** Teams with mail that is ready or has come due, in turn; may be a moment behind. */
  List<TeamId> teamsWithDueMail(int atMost);

  /**
   * Makes ready what has come due of one team. What another node lost its lease on is taken back: a
   * delivery that was handed over is then in doubt, all others are queued, and wait or are given up
   * as the schedule says where their attempts break off again and again. Deliveries that waited for
   * their channel or their time are queued as well; what has been given a time that is still ahead
   * is not ready before it.
   *
   * @param atMost so many dispatches are looked at
   */
  TakenBack makeReady(TeamId team, int atMost, RetrySchedule schedule);

  /**
   * Lanes on which mail of the team is ready, in the order of their names; may be a moment behind.
   *
   * @param after only those behind this one
   */
  List<Lane> readyLanes(TeamId team, Optional<Lane> after, int atMost);

  /** Lines with mail that is ready, for one search after the other; may be a moment behind. */
  List<Line> readyLines(TeamId team, List<LineSearch> searches);

  /**
   * Claims of each line, from its front, as many as its share at most. What somebody else is just
   * claiming is passed over.
   *
   * <p>Time spent waiting for a turn makes no mail older, but for time behind an impeded lane.
   *
   * <p>Recipients that the team does not write to any more are not claimed: their deliveries end.
   *
   * @param lease for how long nobody else takes them, unless renewed
   * @param impededSince since when lanes are impeded, by the database's clock
   */
  Claimed claim(
      TeamId team,
      LeaseId holder,
      Duration lease,
      Map<Line, Integer> shares,
      Map<Lane, Instant> impededSince);

  /** Claims where no lane is impeded. */
  default Claimed claim(TeamId team, LeaseId holder, Duration lease, Map<Line, Integer> shares) {
    return claim(team, holder, lease, shares, Map.of());
  }

  /** Extends a team's leases that are still held; a lease that was lost stays lost. */
  void renew(TeamId team, Collection<Claim> claims, Duration lease);

  /**
   * Gives claims up before their leases run out: their deliveries are queued and ready at once, at
   * the places that they had, and no refusal is counted. Nobody has a GO of theirs afterwards. A
   * claim whose lease was lost is nobody's to give up, and one of which anything was handed over
   * keeps its lease.
   *
   * @return those that were given up
   */
  List<Claim> handBack(Collection<Claim> claims);

  /**
   * The fenced permission to hand over: {@link HandOver.Permission#GO} once it is durable that
   * these deliveries are past the point of no return in this attempt, under this lease. What has
   * been given another time meanwhile is withdrawn from the attempt; what has expired is refused as
   * if the lease were lost.
   *
   * @param notAfter the time, by the database's clock, from which on it is refused as if the lease
   *     were lost
   */
  HandOver.Permission permit(Claim claim, Set<DeliveryId> aboard, Optional<Instant> notAfter);

  /** The permission without an end of its own. */
  default HandOver.Permission permit(Claim claim, Set<DeliveryId> aboard) {
    return permit(claim, aboard, Optional.empty());
  }

  /**
   * Writes down an attempt and moves its deliveries as far as their states allow: an answer that
   * comes after the lease was lost still counts for its own attempt, and only as long as no later
   * attempt has begun. Events are written in the same transaction.
   *
   * <p>Pauses become up to 15 % longer than asked for, each by another share: what was refused
   * together does not come again together. What awaits its channel is not due again until {@link
   * #resume}. The pause of what was held back makes it no older: it waits for its turn.
   */
  void settle(Claim claim, AttemptReport report, List<Settlement> settlements);

  /** Teams with mail that {@link #expire} would end; may be a moment behind. */
  List<TeamId> teamsWithExpiredMail(int atMost);

  /**
   * Ends what was not handed over by the time that its sender set: it has failed, with the latest
   * reason, and its event is written. What is under way is left alone.
   *
   * @param atMost so many dispatches are looked at
   * @return how many were ended
   */
  int expire(TeamId team, int atMost);

  /** Where mail waits for its channel, for as long as that takes; may be a moment behind. */
  List<WaitingPlace> waitingPlaces(int atMost);

  /**
   * Makes due now what waits for a channel: step by step, so that what was done stays if it breaks
   * off. What somebody else has locked at the moment is left to the next call.
   *
   * @return how many dispatches were made due
   */
  int resume(WaitingPlace place);

  /**
   * What came of a claim.
   *
   * @param suppressed deliveries that ended in place of being claimed, by their channel
   */
  record Claimed(List<Claim> claims, Map<ChannelId, Integer> suppressed) {
    public static final Claimed NOTHING = new Claimed(List.of(), Map.of());

    public Claimed {
      claims = List.copyOf(claims);
      suppressed = Map.copyOf(suppressed);
    }
  }

  /**
   * Deliveries whose lease was lost.
   *
   * @param triedAgain queued, some of them for later
   * @param inDoubt those that had been handed over
   * @param givenUp those whose attempts had broken off for too long
   */
  record TakenBack(int triedAgain, int inDoubt, int givenUp) {
    public static final TakenBack NOTHING = new TakenBack(0, 0, 0);
  }

  /** A team's mail that waits for one channel. */
  record WaitingPlace(TeamId team, ChannelId channel) {
    public WaitingPlace {
      Objects.requireNonNull(team);
      Objects.requireNonNull(channel);
    }
  }
}
