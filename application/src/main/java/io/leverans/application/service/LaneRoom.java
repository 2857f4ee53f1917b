package io.leverans.application.service;

import io.leverans.application.port.in.ClaimRequest;
import io.leverans.application.port.out.Claim;
import io.leverans.domain.channel.Lane;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How many more a node takes on of each lane. */
final class LaneRoom {
  private final int atMostOfALane;
  private final Map<Lane, Integer> taken;

  LaneRoom(ClaimRequest request) {
    this.atMostOfALane = request.atMostOfALane();
    this.taken = new HashMap<>(request.underWay());
  }

  int on(Lane lane) {
    return Math.max(0, atMostOfALane - taken.getOrDefault(lane, 0));
  }

  void fill(List<Claim> claims) {
    claims.forEach(claim -> taken.merge(claim.dispatch().lane(), 1, Integer::sum));
  }
}
