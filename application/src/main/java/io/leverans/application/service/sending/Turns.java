package io.leverans.application.service.sending;

import static java.util.stream.Collectors.groupingBy;

import io.leverans.application.port.out.DispatchQueue;
import io.leverans.application.port.out.Line;
import io.leverans.application.port.out.LineSearch;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.message.Urgency;
import io.leverans.domain.team.TeamId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whose turn it is within a team: its lanes one after the other, and on each lane its senders one
 * after the other, however much each has waiting. Of the places that personal mail would take, bulk
 * mail gets one in eight, so that it never stands still.
 *
 * <p>Who came last is remembered on this node only: fairness, nothing that may not be lost.
 */
final class Turns {
  private static final int LANES_A_PAGE = 100;
  private static final int PAGES = 20;
  private static final int PLACES_FOR_ONE_OF_BULK = 8;

  /** The orders in which the queue names them. */
  private static final Comparator<Lane> BY_NAME = Comparator.comparing(Lane::name);

  private static final Comparator<Line> BY_SENDER =
      Comparator.comparing(line -> line.sender().map(id -> id.value().toString()).orElse(""));

  private final DispatchQueue queue;
  private final Recent<TeamId, Rotation<Lane>> lanes = new Recent<>();
  private final Recent<Crowd, Rotation<Line>> lines = new Recent<>();
  private final Recent<Crowd, Integer> owed = new Recent<>();

  Turns(DispatchQueue queue) {
    this.queue = queue;
  }

  /** All lines of one urgency on a lane. */
  private record Crowd(TeamId team, Lane lane, Urgency urgency) {}

  /**
   * Lanes with room that a search found.
   *
   * @param stoppedAfter where it stopped, if it found neither enough nor the last lane
   */
  private record Search(List<Lane> open, Optional<Lane> stoppedAfter) {
    Search and(Search then) {
      return new Search(joined(open, then.open()), then.stoppedAfter());
    }
  }

  /** How many places each lane gets whose turn it is and that has room. */
  Map<Lane, Integer> lots(TeamId team, int places, LaneRoom room) {
    Rotation<Lane> rotation = lanes.get(team).orElse(Rotation.fromTheFirst());
    Optional<Lane> after = rotation.searchAfter(places);
    Search search = open(team, after, places, room);
    if (after.isPresent() && search.stoppedAfter().isEmpty() && search.open().size() < places) {
      search = search.and(open(team, Optional.empty(), places - search.open().size(), room));
    }
    List<Lane> open = search.open();
    Map<Lane, Integer> lots = Deal.out(places, rotation.inTurn(open, BY_NAME), room::on);
    Optional<Rotation<Lane>> next = rotation.next(lots, open, places);
    lanes.put(
        team,
        search
            .stoppedAfter()
            .map(lane -> next.orElse(Rotation.fromTheFirst()).goingOnAfter(lane))
            .or(() -> next));
    return lots;
  }

  private Search open(TeamId team, Optional<Lane> last, int atMost, LaneRoom room) {
    List<Lane> open = new ArrayList<>();
    Optional<Lane> after = last;
    for (int page = 0; page < PAGES && open.size() < atMost; page++) {
      int asked = page == 0 ? Math.min(atMost, LANES_A_PAGE) : LANES_A_PAGE;
      List<Lane> ready = queue.readyLanes(team, after, asked);
      open.addAll(room.openOf(ready));
      if (ready.size() < asked) {
        return new Search(first(atMost, open), Optional.empty());
      }
      after = Optional.of(ready.getLast());
    }
    return new Search(first(atMost, open), open.size() < atMost ? after : Optional.empty());
  }

  private static List<Lane> first(int atMost, List<Lane> lanes) {
    return lanes.subList(0, Math.min(atMost, lanes.size()));
  }

  /** How many places of its lane each line gets whose turn it is. */
  Map<Line, Integer> shares(TeamId team, Map<Lane, Integer> lots) {
    Map<Crowd, List<Line>> waiting = waiting(team, lots);
    Map<Line, Integer> shares = new LinkedHashMap<>();
    lots.forEach(
        (lane, lot) -> {
          Crowd personal = new Crowd(team, lane, Urgency.PERSONAL);
          Crowd bulk = new Crowd(team, lane, Urgency.BULK);
          int forBulk = placesFor(bulk, lot, of(waiting, personal), of(waiting, bulk));
          shares.putAll(deal(personal, lot - forBulk, of(waiting, personal)));
          shares.putAll(deal(bulk, forBulk, of(waiting, bulk)));
        });
    return shares;
  }

  private int placesFor(Crowd crowd, int lot, List<Line> personal, List<Line> bulk) {
    if (personal.isEmpty() || bulk.isEmpty()) {
      return personal.isEmpty() ? lot : 0;
    }
    int shares = owed.get(crowd).orElse(0) + lot;
    owed.put(crowd, Optional.of(shares % PLACES_FOR_ONE_OF_BULK));
    return shares / PLACES_FOR_ONE_OF_BULK;
  }

  private Map<Line, Integer> deal(Crowd crowd, int places, List<Line> waiting) {
    Rotation<Line> rotation = rotation(crowd);
    Map<Line, Integer> shares = Deal.out(places, rotation.inTurn(waiting, BY_SENDER), _ -> places);
    lines.put(crowd, rotation.next(shares, waiting, places));
    return shares;
  }

  private Rotation<Line> rotation(Crowd crowd) {
    return lines.get(crowd).orElse(Rotation.fromTheFirst());
  }

  private Map<Crowd, List<Line>> waiting(TeamId team, Map<Lane, Integer> lots) {
    List<LineSearch> searches =
        lots.entrySet().stream()
            .flatMap(
                lot ->
                    Stream.of(Urgency.values())
                        .map(urgency -> search(team, lot.getKey(), urgency, lot.getValue())))
            .toList();
    Map<Crowd, List<Line>> ahead = found(team, searches);
    Map<Crowd, List<Line>> fromTheFirst =
        found(team, searches.stream().flatMap(each -> again(team, each, ahead).stream()).toList());
    Map<Crowd, List<Line>> waiting = new LinkedHashMap<>();
    for (LineSearch search : searches) {
      Crowd crowd = new Crowd(team, search.lane(), search.urgency());
      waiting.put(crowd, joined(of(ahead, crowd), of(fromTheFirst, crowd)));
    }
    return waiting;
  }

  private LineSearch search(TeamId team, Lane lane, Urgency urgency, int atMost) {
    Optional<Line> after = rotation(new Crowd(team, lane, urgency)).searchAfter(atMost);
    return new LineSearch(lane, urgency, after, atMost);
  }

  /** Where the search came to the last line before it had enough. */
  private static Optional<LineSearch> again(
      TeamId team, LineSearch search, Map<Crowd, List<Line>> ahead) {
    int missing =
        search.atMost() - of(ahead, new Crowd(team, search.lane(), search.urgency())).size();
    return search.after().isPresent() && missing > 0
        ? Optional.of(new LineSearch(search.lane(), search.urgency(), Optional.empty(), missing))
        : Optional.empty();
  }

  private Map<Crowd, List<Line>> found(TeamId team, List<LineSearch> searches) {
    return searches.isEmpty()
        ? Map.of()
        : queue.readyLines(team, searches).stream()
            .collect(groupingBy(line -> new Crowd(team, line.lane(), line.urgency())));
  }

  private static List<Line> of(Map<Crowd, List<Line>> lines, Crowd crowd) {
    return lines.getOrDefault(crowd, List.of());
  }

  private static <T> List<T> joined(List<T> first, List<T> then) {
    return Stream.concat(first.stream(), then.stream()).distinct().toList();
  }
}
