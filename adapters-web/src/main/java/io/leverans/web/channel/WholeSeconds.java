package io.leverans.web.channel;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** A duration (ISO 8601) of whole seconds between two bounds, both of which it may be. */
record WholeSeconds(Duration least, Duration most) {
  /** The one that the text tells, if it is one of these. */
  Optional<Duration> read(String text) {
    try {
      return Optional.of(Duration.parse(text)).filter(this::hold);
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }

  private boolean hold(Duration time) {
    return time.equals(time.truncatedTo(ChronoUnit.SECONDS))
        && time.compareTo(least) >= 0
        && time.compareTo(most) <= 0;
  }
}
