package io.leverans.application.service;

import io.leverans.application.port.out.Claim;
import io.leverans.application.port.out.DispatchQueue;
import io.leverans.application.port.out.Lanes;
import io.leverans.application.port.out.Lanes.Permit;
import io.leverans.application.port.out.Lanes.Taking;
import io.leverans.domain.channel.Forecast.Amount;
import io.leverans.domain.channel.Pace;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.HandOver;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Asks the lane first and then the queue. One after the other, since lanes belong to no team; a
 * permit of the lane that the queue makes no use of is given back.
 */
final class PacedHandOver implements HandOver {
  /** The next hop waits meanwhile with the message nearly sent. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final Claim claim;
  private final Pace pace;
  private final Lanes lanes;
  private final LaneTraffic traffic;
  private final DispatchQueue queue;
  private volatile Duration reopens = Duration.ZERO;

  PacedHandOver(Claim claim, Pace pace, Lanes lanes, LaneTraffic traffic, DispatchQueue queue) {
    this.claim = claim;
    this.pace = pace;
    this.lanes = lanes;
    this.traffic = traffic;
    this.queue = queue;
  }

  @Override
  public Permission request(Set<DeliveryId> aboard) {
    if (pace.isUnlimited()) {
      return queue.permit(claim, aboard);
    }
    Amount amount = new Amount(1, aboard.size());
    return switch (lanes.take(claim.dispatch().lane(), pace, amount, PATIENCE)) {
      case Taking.Granted(var permit) -> request(aboard, permit);
      case Taking.Closed(_, var until) -> {
        reopens = until;
        yield Permission.LANE_CLOSED;
      }
    };
  }

  /** After which the lane may have room, if it had none. */
  Duration reopens() {
    return reopens;
  }

  /** If the queue cannot be asked, the permit counts until it ends: it may have been used. */
  private Permission request(Set<DeliveryId> aboard, Permit permit) {
    Permission permission = queue.permit(claim, aboard, Optional.of(permit.validUntil()));
    if (permission == Permission.GO) {
      traffic.passed(claim);
      lanes.passed(permit);
    } else {
      lanes.giveBack(permit);
    }
    return permission;
  }
}
