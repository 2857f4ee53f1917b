package io.leverans.application.service;

import io.leverans.application.port.in.ClaimRequest;
import io.leverans.application.port.out.Claim;
import io.leverans.application.port.out.Lanes;
import io.leverans.application.port.out.Lanes.Room;
import io.leverans.domain.channel.Lane;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How many more a node takes on of each lane: as many as it has places for and as may pass. */
final class LaneRoom {
  /** A lane that opens so soon is as good as open: the next hop has to be spoken to before. */
  private static final Duration SOON = Duration.ofMillis(500);

  private final int atMostOfALane;
  private final Lanes lanes;
  private final LaneTraffic traffic;
  private final Map<Lane, Integer> taken;
  private final Map<Lane, Room> rooms = new HashMap<>();

  LaneRoom(ClaimRequest request, Lanes lanes, LaneTraffic traffic) {
    this.atMostOfALane = request.atMostOfALane();
    this.lanes = lanes;
    this.traffic = traffic;
    this.taken = new HashMap<>(request.underWay());
  }

  /** Those of the lanes that have room, in the same order. */
  List<Lane> openOf(List<Lane> ready) {
    List<Lane> withPlaces = ready.stream().filter(lane -> places(lane) > 0).toList();
    if (!withPlaces.isEmpty()) {
      rooms.putAll(lanes.rooms(withPlaces));
    }
    return withPlaces.stream().filter(lane -> on(lane) > 0).toList();
  }

  int on(Lane lane) {
    Room room = rooms.get(lane);
    return room == null
        ? places(lane)
        : Math.clamp(mayPass(room) - yetToPass(lane), 0, places(lane));
  }

  private int yetToPass(Lane lane) {
    return Math.max(0, underWay(lane) - traffic.on(lane));
  }

  private static int mayPass(Room room) {
    return room.reopens().compareTo(SOON) > 0 ? 0 : Math.max(1, room.messages());
  }

  private int places(Lane lane) {
    return Math.max(0, atMostOfALane - underWay(lane));
  }

  private int underWay(Lane lane) {
    return taken.getOrDefault(lane, 0);
  }

  void fill(List<Claim> claims) {
    claims.forEach(claim -> taken.merge(claim.dispatch().lane(), 1, Integer::sum));
  }
}
