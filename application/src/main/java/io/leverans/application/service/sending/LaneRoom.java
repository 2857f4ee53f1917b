package io.leverans.application.service.sending;

import static java.util.stream.Collectors.groupingBy;

import io.leverans.application.port.in.ClaimRequest;
import io.leverans.application.port.out.Claim;
import io.leverans.application.port.out.Lanes;
import io.leverans.application.port.out.Lanes.Room;
import io.leverans.domain.channel.Lane;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How many more a node takes on of each lane: as many as it has places for and as may pass; a
 * single one, with the leave to probe or to ask, of a lane that is impeded or closed for long.
 */
final class LaneRoom {
  /** A lane that opens so soon is as good as open: the next hop has to be spoken to before. */
  private static final Duration SOON = Duration.ofMillis(500);

  /** What it takes to try one on a lane that has room. */
  private enum Leave {
    NONE,
    TO_ASK,
    TO_PROBE
  }

  private final int atMostOfALane;
  private final Duration lease;
  private final Lanes lanes;
  private final LaneTraffic traffic;
  private final Map<Lane, Integer> taken;
  private final Map<Lane, Room> rooms = new HashMap<>();
  private final Map<Lane, Instant> probed = new HashMap<>();

  /**
   * For one claim.
   *
   * @param lease of what is claimed
   */
  LaneRoom(ClaimRequest request, Duration lease, Lanes lanes, LaneTraffic traffic) {
    this.lease = lease;
    this.atMostOfALane = request.atMostOfALane();
    this.lanes = lanes;
    this.traffic = traffic;
    this.taken = new HashMap<>(request.underWay());
  }

  /** Those of the lanes that have room, in the same order. */
  List<Lane> openOf(List<Lane> ready) {
    List<Lane> withPlaces = ready.stream().filter(this::hasPlaces).toList();
    if (!withPlaces.isEmpty()) {
      rooms.putAll(lanes.rooms(withPlaces));
    }
    return withPlaces.stream().filter(lane -> on(lane) > 0).toList();
  }

  private boolean hasPlaces(Lane lane) {
    if (places(lane) > 0) {
      traffic.notFull(lane);
      return true;
    }
    traffic.full(lane, mostOn(lane));
    return false;
  }

  int on(Lane lane) {
    Room room = rooms.get(lane);
    return room == null
        ? places(lane)
        : Math.clamp(mayPass(room) - yetToPass(lane), 0, mayBeTried(lane, room));
  }

  /** Without lanes that need a leave, where others have been given it meanwhile. */
  Map<Lane, Integer> admitted(Map<Lane, Integer> lots) {
    Map<Leave, List<Lane>> wanted = lots.keySet().stream().collect(groupingBy(this::leave));
    Set<Lane> admitted = new HashSet<>(wanted.getOrDefault(Leave.NONE, List.of()));
    admitted.addAll(mayBeAsked(wanted.getOrDefault(Leave.TO_ASK, List.of())));
    admitted.addAll(mayBeProbed(wanted.getOrDefault(Leave.TO_PROBE, List.of())));
    Map<Lane, Integer> left = new LinkedHashMap<>(lots);
    left.keySet().retainAll(admitted);
    return left;
  }

  private Set<Lane> mayBeAsked(List<Lane> closed) {
    return closed.isEmpty() ? Set.of() : lanes.ask(closed);
  }

  private Set<Lane> mayBeProbed(List<Lane> impeded) {
    if (impeded.isEmpty()) {
      return Set.of();
    }
    Map<Lane, Instant> since = lanes.probe(impeded, lease);
    probed.putAll(since);
    return since.keySet();
  }

  /** Since when those are impeded that are probed. */
  Map<Lane, Instant> impededSince() {
    return Map.copyOf(probed);
  }

  /** Who probes a lane that is closed as well asks it. */
  private Leave leave(Lane lane) {
    Room room = rooms.get(lane);
    if (room == null) {
      return Leave.NONE;
    }
    if (room.probe().isPresent()) {
      return Leave.TO_PROBE;
    }
    return isSoon(room.reopens()) ? Leave.NONE : Leave.TO_ASK;
  }

  private int mayBeTried(Lane lane, Room room) {
    return room.probe()
        .map(wait -> wait.isPositive() || probed.containsKey(lane) ? 0 : Math.min(1, places(lane)))
        .orElseGet(() -> places(lane));
  }

  private int yetToPass(Lane lane) {
    return Math.max(0, underWay(lane) - traffic.on(lane));
  }

  private static int mayPass(Room room) {
    if (isSoon(room.reopens())) {
      return Math.max(1, room.messages());
    }
    return room.believed().isPositive() ? 0 : 1;
  }

  /** By its own pace; or it is asked before it opens, whoever closed it. */
  private static boolean isLimited(Room room) {
    return room.messages() < Integer.MAX_VALUE || !isSoon(room.reopens());
  }

  private static boolean isSoon(Duration wait) {
    return wait.compareTo(SOON) <= 0;
  }

  private int places(Lane lane) {
    int yetToSpeak = Math.max(0, underWay(lane) - traffic.spokenOn(lane));
    return Math.max(0, Math.min(atMostOfALane - underWay(lane), mostOn(lane) - yetToSpeak));
  }

  private int mostOn(Lane lane) {
    return Math.min(atMostOfALane, traffic.mostOn(lane));
  }

  private int underWay(Lane lane) {
    return taken.getOrDefault(lane, 0);
  }

  void fill(List<Claim> claims) {
    for (Claim claim : claims) {
      Lane lane = claim.dispatch().lane();
      taken.merge(lane, 1, Integer::sum);
      if (probed.containsKey(lane)) {
        traffic.probes(claim);
      }
      if (Optional.ofNullable(rooms.get(lane)).filter(LaneRoom::isLimited).isPresent()) {
        traffic.limited(claim);
      }
    }
  }
}
