package io.leverans.application.port.out.memory;

import io.leverans.application.port.out.Lanes;
import io.leverans.domain.channel.Forecast.Amount;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.channel.Limit;
import io.leverans.domain.channel.Pace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Lanes in memory, with a clock that moves when it is told to, and when somebody waits. */
public final class MemoryLanes implements Lanes {
  private static final Duration VALIDITY = Duration.ofMinutes(1);
  private static final Amount ONE = new Amount(1, 1);

  private final Map<Lane, List<Passage>> passages = new HashMap<>();
  private final Map<Lane, Pace> paces = new HashMap<>();
  private Instant now = Instant.parse("2026-11-24T10:00:00Z");
  private long number;

  /** Something with a permit; it counts as passing now as long as its time is not known. */
  private record Passage(long number, Amount amount, Optional<Instant> at, Instant validUntil) {
    Instant countsAt() {
      return at.orElse(validUntil);
    }
  }

  @Override
  public synchronized Taking take(Lane lane, Pace pace, Amount amount, Duration patience) {
    paces.put(lane, pace);
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
  public synchronized void reopen(Lane lane) {
    paces.remove(lane);
  }

  @Override
  public synchronized Map<Lane, Room> rooms(Collection<Lane> lanes) {
    return lanes.stream()
        .filter(paces::containsKey)
        .collect(Collectors.toMap(lane -> lane, lane -> room(lane, paces.get(lane))));
  }

  private Room room(Lane lane, Pace pace) {
    Map<Duration, Amount> passed = passed(lane, pace);
    return new Room(
        (int) Math.min(Integer.MAX_VALUE, pace.room(passed)),
        pace.obstacle(passed, ONE).map(limit -> reopens(lane, limit, ONE)).orElse(Duration.ZERO));
  }

  /** Time goes by. */
  public synchronized void pass(Duration time) {
    now = now.plus(time);
  }

  public synchronized Instant now() {
    return now;
  }
}
