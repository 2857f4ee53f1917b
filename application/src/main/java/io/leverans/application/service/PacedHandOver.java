package io.leverans.application.service;

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
  private final List<PacedLane> limited;
  private final Lanes lanes;
  private final LaneTraffic traffic;
  private final DispatchQueue queue;
  private volatile Duration reopens = Duration.ZERO;

  /** One by all of these lanes. */
  PacedHandOver(
      Claim claim, List<PacedLane> passed, Lanes lanes, LaneTraffic traffic, DispatchQueue queue) {
    this.claim = claim;
    this.limited = passed.stream().filter(each -> !each.pace().isUnlimited()).toList();
    this.lanes = lanes;
    this.traffic = traffic;
    this.queue = queue;
  }

  @Override
  public Permission request(Set<DeliveryId> aboard) {
    Amount amount = new Amount(1, aboard.size());
    List<Permit> permits = new ArrayList<>();
    for (PacedLane next : limited) {
      switch (lanes.take(next.lane(), next.pace(), amount, PATIENCE)) {
        case Taking.Granted(var permit) -> permits.add(permit);
        case Taking.Closed(_, var until) -> {
          reopens = until;
          permits.forEach(lanes::giveBack);
          return Permission.LANE_CLOSED;
        }
      }
    }
    return request(aboard, permits);
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
    } else if (!permits.isEmpty()) {
      traffic.passed(claim);
      permits.forEach(lanes::passed);
    }
    return permission;
  }
}
