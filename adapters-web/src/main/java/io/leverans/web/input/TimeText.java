package io.leverans.web.input;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/** Times as a person's program writes them (RFC 3339). */
public final class TimeText {
  /** No database knows times that are further away. */
  private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");

  private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

  private TimeText() {}

  /**
   * The time.
   *
   * @throws IllegalArgumentException with the reason in words for a person
   */
  public static Instant parse(String text) {
    try {
      Instant time = OffsetDateTime.parse(text).toInstant();
      if (time.isBefore(EARLIEST) || !time.isBefore(LATEST)) {
        throw new IllegalArgumentException("a time is of the year 1970 or a later one of 4 digits");
      }
      return time;
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "a time is written with its offset, as in 2026-11-24T12:00:00Z or"
              + " 2026-11-24T13:00:00+01:00 (RFC 3339)",
          e);
    }
  }
}
