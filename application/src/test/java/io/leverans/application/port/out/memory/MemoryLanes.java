package io.leverans.application.port.out.memory;

import io.leverans.application.port.out.Lanes;
import io.leverans.domain.channel.Flow;
import io.leverans.domain.channel.Flow.Change;
import io.leverans.domain.channel.Forecast.Amount;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.channel.LaneNews;
import io.leverans.domain.channel.Limit;
import io.leverans.domain.channel.Pace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Lanes in memory, with a clock that moves when it is told to, and when somebody waits. */
public final class MemoryLanes implements Lanes {
  private static final Duration VALIDITY = Duration.ofMinutes(1);
  private static final Duration LONGEST_BELIEF = Duration.ofMinutes(15);
  private static final Amount ONE = new Amount(1, 1);

  private final Map<Lane, List<Passage>> passages = new HashMap<>();
  private final Map<Lane, Pace> paces = new HashMap<>();
  private final Map<Lane, Barrier> barriers = new HashMap<>();
  private final Map<Lane, Instant> raised = new HashMap<>();
  private final Set<Lane> silent = new HashSet<>();
  private final Map<Lane, Instant> closings = new HashMap<>();
  private final Map<Lane, Instant> learnt = new HashMap<>();
  private Instant now = Instant.parse("2026-11-24T10:00:00Z");
  private Optional<RuntimeException> broken = Optional.empty();
  private long number;

  /** Something with a permit; it counts as passing now as long as its time is not known. */
  private record Passage(long number, Amount amount, Optional<Instant> at, Instant validUntil) {
    Instant countsAt() {
      return at.orElse(validUntil);
    }
  }

  /** What keeps a lane from flowing freely, since when, and until when it is closed. */
  private record Barrier(Flow.Impeded flow, Instant since, Instant opensAt) {}

  @Override
  public synchronized Taking take(Lane lane, Pace pace, Amount amount, Duration patience) {
    if (silent.contains(lane)) {
      throw new IllegalStateException("nothing is told of " + lane);
    }
    paces.put(lane, pace);
    learnt.put(lane, now);
    Optional<Limit> obstacle = pace.obstacle(passed(lane, pace), amount);
    if (obstacle.isEmpty()) {
      Permit permit = new Permit(lane, ++number, now.plus(VALIDITY));
      of(lane).add(new Passage(permit.number(), amount, Optional.empty(), permit.validUntil()));
      return new Taking.Granted(permit);
    }
    Duration reopens = reopens(lane, obstacle.get(), amount);
    if (reopens.compareTo(patience) > 0) {
      return new Taking.Closed(obstacle.get(), reopens);
    }
    now = now.plus(reopens);
    return take(lane, pace, amount, patience.minus(reopens));
  }

  private Map<Duration, Amount> passed(Lane lane, Pace pace) {
    return pace.windows().stream()
        .collect(Collectors.toMap(window -> window, window -> passed(lane, window)));
  }

  private Amount passed(Lane lane, Duration window) {
    return of(lane).stream()
        .filter(passage -> passage.countsAt().isAfter(now.minus(window)))
        .map(Passage::amount)
        .reduce(Amount.NOTHING, Amount::plus);
  }

  /** When what is left of the window leaves room: the oldest leave first. */
  private Duration reopens(Lane lane, Limit limit, Amount amount) {
    List<Instant> leaving =
        of(lane).stream()
            .map(passage -> passage.at().orElse(now))
            .map(at -> at.plus(limit.window()))
            .filter(end -> end.isAfter(now))
            .sorted()
            .toList();
    for (Instant end : leaving) {
      Amount left =
          of(lane).stream()
              .filter(p -> p.at().orElse(now).plus(limit.window()).isAfter(end))
              .map(Passage::amount)
              .reduce(Amount.NOTHING, Amount::plus);
      if (limit.charged(amount) + countedOf(limit, left) <= limit.atMost()) {
        return Duration.between(now, end);
      }
    }
    return Duration.ZERO;
  }

  private static long countedOf(Limit limit, Amount amount) {
    return switch (limit.counted()) {
      case MESSAGES -> amount.messages();
      case RECIPIENTS -> amount.recipients();
    };
  }

  private List<Passage> of(Lane lane) {
    return passages.computeIfAbsent(lane, _ -> new ArrayList<>());
  }

  @Override
  public synchronized void passed(Permit permit) {
    of(permit.lane())
        .replaceAll(
            each ->
                each.number() == permit.number()
                    ? new Passage(each.number(), each.amount(), Optional.of(now), each.validUntil())
                    : each);
  }

  @Override
  public synchronized void giveBack(Permit permit) {
    of(permit.lane()).removeIf(each -> each.number() == permit.number());
  }

  @Override
  public synchronized void close(Lane lane, Duration length) {
    closings.put(lane, now.plus(length));
    learnt.put(lane, now);
  }

  @Override
  public synchronized Set<Lane> ask(Collection<Lane> lanes) {
    Map<Lane, Room> rooms = rooms(lanes);
    Set<Lane> asked =
        rooms.keySet().stream()
            .filter(lane -> rooms.get(lane).reopens().isPositive())
            .filter(lane -> rooms.get(lane).believed().isZero())
            .collect(Collectors.toUnmodifiableSet());
    asked.forEach(lane -> learnt.put(lane, now));
    return asked;
  }

  @Override
  public synchronized void reopen(Lane lane) {
    closings.remove(lane);
    paces.remove(lane);
  }

  @Override
  public void unlimited(Lane lane) {
    reopen(lane);
  }

  @Override
  public synchronized Map<Lane, Room> rooms(Collection<Lane> lanes) {
    return lanes.stream()
        .filter(
            lane ->
                paces.containsKey(lane) || barriers.containsKey(lane) || closings.containsKey(lane))
        .collect(Collectors.toMap(lane -> lane, this::room));
  }

  private Room room(Lane lane) {
    Pace pace = paces.getOrDefault(lane, Pace.UNLIMITED);
    Map<Duration, Amount> passed = passed(lane, pace);
    Duration reopens =
        Collections.max(
            List.of(
                until(closings.getOrDefault(lane, now)),
                pace.obstacle(passed, ONE)
                    .map(limit -> reopens(lane, limit, ONE))
                    .orElse(Duration.ZERO)));
    Duration believed = until(learnt.getOrDefault(lane, now).plus(LONGEST_BELIEF));
    return new Room(
        (int) Math.min(Integer.MAX_VALUE, pace.room(passed)),
        reopens,
        Collections.min(List.of(reopens, believed)),
        Optional.ofNullable(barriers.get(lane)).map(barrier -> until(barrier.opensAt())));
  }

  private Duration until(Instant time) {
    return time.isAfter(now) ? Duration.between(now, time) : Duration.ZERO;
  }

  @Override
  public synchronized void freeUntried(Duration forLonger) {
    barriers.values().removeIf(barrier -> barrier.opensAt().isBefore(now.minus(forLonger)));
  }

  @Override
  public synchronized void tell(Lane lane, LaneNews news, Instant begun) {
    broken.ifPresent(
        why -> {
          throw why;
        });
    Optional<Barrier> barrier = Optional.ofNullable(barriers.get(lane));
    Instant raisedAt = raised.getOrDefault(lane, Instant.MIN);
    Flow flow = barrier.<Flow>map(Barrier::flow).orElseGet(Flow.Free::new);
    Flow.Begun relation =
        begun.isAfter(raisedAt)
            ? Flow.Begun.AFTER_LATEST_TROUBLE
            : Flow.Begun.BEFORE_LATEST_TROUBLE;
    Instant since = barrier.map(Barrier::since).orElse(now);
    switch (flow.after(news, relation)) {
      case Change.Unchanged _ -> {}
      case Change.Worse(var worse, var closed) -> {
        barriers.put(lane, new Barrier(worse, since, now.plus(closed)));
        raised.put(lane, now);
      }
      case Change.ClosedLonger(var impeded, var closed) -> {
        Instant opens = now.plus(closed);
        Instant before = barrier.map(Barrier::opensAt).orElse(opens);
        barriers.put(lane, new Barrier(impeded, since, before.isAfter(opens) ? before : opens));
      }
      case Change.Slowly(var better) ->
          barriers.put(lane, new Barrier(better, since, now.plus(better.gap())));
      case Change.Freed _ -> barriers.remove(lane);
    }
  }

  @Override
  public synchronized Map<Lane, Instant> probe(Collection<Lane> lanes, Duration lease) {
    Map<Lane, Instant> leave = new HashMap<>();
    for (Lane lane : lanes) {
      Optional.ofNullable(barriers.get(lane))
          .filter(barrier -> !barrier.opensAt().isAfter(now))
          .ifPresent(
              barrier -> {
                leave.put(lane, barrier.since());
                Instant next = now.plus(Collections.max(List.of(barrier.flow().gap(), lease)));
                barriers.put(lane, new Barrier(barrier.flow(), barrier.since(), next));
              });
    }
    return leave;
  }

  @Override
  public synchronized Optional<ImpededLane> findImpeded(Lane lane) {
    return Optional.ofNullable(barriers.get(lane))
        .map(barrier -> new ImpededLane(lane, barrier.flow(), barrier.since()));
  }

  @Override
  public synchronized List<ImpededLane> impeded(
      Duration longerThan, Optional<Lane> after, int atMost) {
    return barriers.entrySet().stream()
        .filter(entry -> entry.getValue().since().isBefore(now.minus(longerThan)))
        .filter(entry -> after.isEmpty() || entry.getKey().name().compareTo(after.get().name()) > 0)
        .sorted(Comparator.comparing(entry -> entry.getKey().name()))
        .limit(atMost)
        .map(
            entry ->
                new ImpededLane(entry.getKey(), entry.getValue().flow(), entry.getValue().since()))
        .toList();
  }

  /** Cannot be asked about this one from now on. */
  public synchronized void keepSilentOn(Lane lane) {
    silent.add(lane);
  }

  /** Takes no news from now on. */
  public synchronized void takeNoNews(RuntimeException why) {
    broken = Optional.of(why);
  }

  /** Time goes by. */
  public synchronized void pass(Duration time) {
    now = now.plus(time);
  }

  public synchronized Instant now() {
    return now;
  }
}
