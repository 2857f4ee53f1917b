package io.leverans.application.port.in;

import io.leverans.application.view.Caller;
import io.leverans.application.view.Event;
import java.util.List;

/** Reads a team's events in order; whoever keeps the last number misses none. */
@FunctionalInterface
public interface ReadEvents {
  /**
   * Reads on from a number.
   *
   * @param after only events with a higher number; 0 for all
   * @param limit at most so many, from 1
   */
  List<Event> read(Caller caller, long after, int limit);
}
