package io.leverans.application.service.sending;

import io.leverans.application.port.out.Claim;
import io.leverans.application.port.out.DispatchQueue;
import io.leverans.application.port.out.Lanes;
import io.leverans.application.port.out.Lanes.Permit;
import io.leverans.application.port.out.Lanes.Taking;
import io.leverans.domain.channel.Forecast.Amount;
import io.leverans.domain.channel.PacedLane;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.HandOver;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Asks the lanes first and then the queue. One after the other, since lanes belong to no team;
 * permits that the queue, or another lane, makes no use of are given back.
 */
final class PacedHandOver implements HandOver {
  /** The next hop waits meanwhile with the message nearly sent. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final Claim claim;
  private final List<PacedLane> passed;

  /** The outermost first: where it has no room, those within need not be asked. */
  private final List<PacedLane> limited;

  private final Lanes lanes;
  private final LaneTraffic traffic;
  private final DispatchQueue queue;
  private volatile Duration reopens = Duration.ZERO;

  /**
   * One by all of these lanes.
   *
   * @param passed the innermost first
   */
  PacedHandOver(
      Claim claim, List<PacedLane> passed, Lanes lanes, LaneTraffic traffic, DispatchQueue queue) {
    this.claim = claim;
    this.passed = List.copyOf(passed);
    this.limited = passed.reversed().stream().filter(each -> !each.pace().isUnlimited()).toList();
    this.lanes = lanes;
    this.traffic = traffic;
    this.queue = queue;
  }

  @Override
  public Permission request(Set<DeliveryId> aboard) {
    Amount amount = new Amount(1, aboard.size());
    List<Permit> permits = new ArrayList<>();
    for (PacedLane next : limited) {
      switch (take(next, amount, permits)) {
        case Taking.Granted(var permit) -> permits.add(permit);
        case Taking.Closed(_, var until) -> {
          permits.forEach(lanes::giveBack);
          return closed(next, until);
        }
      }
    }
    return request(aboard, permits);
  }

  /** Where the lane cannot be asked, those before it were not used for sure. */
  private Taking take(PacedLane next, Amount amount, List<Permit> before) {
    try {
      return lanes.take(next.lane(), next.pace(), amount, PATIENCE);
    } catch (RuntimeException e) {
      before.forEach(lanes::giveBack);
      throw e;
    }
  }

  /** Whatever waits on the lanes within would only find out the same. */
  private Permission closed(PacedLane closed, Duration until) {
    reopens = until;
    passed.subList(0, passed.indexOf(closed)).forEach(within -> lanes.close(within.lane(), until));
    return Permission.LANE_CLOSED;
  }

  /** After which the lanes may have room, if one had none. */
  Duration reopens() {
    return reopens;
  }

  /** If the queue cannot be asked, the permits count until they end: they may have been used. */
  private Permission request(Set<DeliveryId> aboard, List<Permit> permits) {
    Optional<Instant> validUntil =
        permits.stream().map(Permit::validUntil).min(Comparator.naturalOrder());
    Permission permission = queue.permit(claim, aboard, validUntil);
    if (permission != Permission.GO) {
      permits.forEach(lanes::giveBack);
      return permission;
    }
    if (!permits.isEmpty()) {
      traffic.passed(claim);
      permits.forEach(lanes::passed);
    }
    forgetLimits();
    return permission;
  }

  /**
   * What had limits and has none any more nobody asks again: others would go on waiting. The next
   * hop is not kept waiting for that.
   */
  private void forgetLimits() {
    PacedLane own = passed.getFirst();
    if (own.pace().isUnlimited() && traffic.isLimited(claim)) {
      traffic.unlimited(own.lane());
      lanes.unlimited(own.lane());
    }
  }
}
