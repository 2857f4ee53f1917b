package io.leverans.application.view;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * Something a team is told of.
 *
 * @param number consecutive within the team, from 1, without a gap
 * @param data names and values: ids of what it is about, and what is to be told of it
 */
public record Event(long number, Instant at, EventName kind, Map<String, String> data) {
  public Event {
    Objects.requireNonNull(at);
    Objects.requireNonNull(kind);
    data = Map.copyOf(data);
  }
}
