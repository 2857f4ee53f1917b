package io.leverans.application.port.out.memory;

import io.leverans.application.port.out.PlatformFaults;
import io.leverans.application.view.Event;
import io.leverans.application.view.EventKind;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.PlatformFault;
import io.leverans.domain.delivery.PlatformFault.Telling;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Faults of the platform in memory, with a clock that is set. */
public final class MemoryPlatformFaults implements PlatformFaults {
  private final Map<Where, PlatformFault> faults = new LinkedHashMap<>();
  private final List<Event> events = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-30T12:00:00Z");

  private record Where(Cause cause, String place) {
    static Where of(PlatformFault fault) {
      return new Where(fault.cause(), fault.place());
    }
  }

  @Override
  public void met(Collection<Met> met) {
    met.forEach(
        one -> {
          var anew =
              new PlatformFault(
                  one.place(), one.latest(), now, now, one.refusals(), Optional.empty());
          faults.merge(Where.of(anew), anew, this::joined);
        });
  }

  private PlatformFault joined(PlatformFault before, PlatformFault anew) {
    return before.isOverAt(now)
        ? anew
        : new PlatformFault(
            anew.place(),
            anew.latest(),
            before.since(),
            now,
            before.refusals() + anew.refusals(),
            before.told());
  }

  @Override
  public Faults latest(int atMost) {
    return new Faults(
        now,
        faults.values().stream()
            .sorted(Comparator.comparing(PlatformFault::last).reversed())
            .limit(atMost)
            .toList());
  }

  @Override
  public void told(PlatformFault fault) {
    PlatformFault found = Optional.ofNullable(faults.get(Where.of(fault))).orElseThrow();
    if (found.since().equals(fault.since()) && found.told().equals(fault.told())) {
      faults.put(
          Where.of(fault),
          new PlatformFault(
              found.place(),
              found.latest(),
              found.since(),
              found.last(),
              found.refusals(),
              Optional.of(new Telling(now, fault.refusals()))));
      events.add(
          new Event(
              events.size() + 1L,
              now,
              EventKind.PLATFORM_FAULT,
              Map.of(
                  "cause", fault.cause().name(),
                  "place", fault.place(),
                  "refusals", Long.toString(fault.refusals()),
                  "words", fault.latest().words())));
    }
  }

  @Override
  public void forget(Duration olderThan) {
    faults.values().removeIf(fault -> fault.last().isBefore(now.minus(olderThan)));
  }

  /** Time goes by. */
  public void pass(Duration time) {
    now = now.plus(time);
  }

  public List<Event> events() {
    return List.copyOf(events);
  }
}
