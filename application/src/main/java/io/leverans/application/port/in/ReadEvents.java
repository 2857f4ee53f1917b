package io.leverans.application.port.in;

import io.leverans.application.view.Caller;
import io.leverans.application.view.Event;
import java.util.List;

/**
 * Reads a team's events in order; whoever keeps the last number misses none. They tell of all
 * members' mail, so only an admin reads them.
 */
@FunctionalInterface
public interface ReadEvents {
  /**
   * Reads on from a number.
   *
   * @param after only events with a higher number; 0 for all
   * @param limit at most so many, from 1
   */
  Result read(Caller caller, long after, int limit);

  /** The answer. */
  sealed interface Result {
    record Read(List<Event> events) implements Result {
      public Read {
        events = List.copyOf(events);
      }
    }

    record AdminsOnly() implements Result {}
  }
}
