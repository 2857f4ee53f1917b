package io.leverans.application.port.out;

import io.leverans.domain.channel.Lane;
import io.leverans.domain.message.Urgency;
import java.util.Objects;
import java.util.Optional;

/**
 * Which lines of a lane are asked for: those that come after one of them, in an order that stays.
 *
 * @param after empty to begin with the first
 * @param atMost so many lines, from 1
 */
public record LineSearch(Lane lane, Urgency urgency, Optional<Line> after, int atMost) {
  public LineSearch {
    Objects.requireNonNull(lane);
    Objects.requireNonNull(urgency);
    Objects.requireNonNull(after);
    if (atMost < 1) {
      throw new IllegalArgumentException("at least one line is asked for");
    }
  }
}
