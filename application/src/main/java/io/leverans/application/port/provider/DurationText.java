package io.leverans.application.port.provider;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as people write them in settings: {@code 500ms}, {@code 30s}, {@code 5m}, {@code 4h},
 * {@code 2d}, or ISO 8601.
 */
public final class DurationText {
  private static final Pattern SHORT = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

  private DurationText() {}

  /**
   * Reads a positive duration.
   *
   * @throws IllegalArgumentException with the reason in words for a person
   */
  public static Duration parse(String text) {
    Matcher matcher = SHORT.matcher(text);
    Duration duration = matcher.matches() ? ofUnit(matcher) : iso(text);
    if (!duration.isPositive()) {
      throw new IllegalArgumentException("'" + text + "' is not longer than nothing");
    }
    return duration;
  }

  private static Duration ofUnit(Matcher matcher) {
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }

  private static Duration iso(String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException _) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a duration such as 30s, 5m, 4h or 2d");
    }
  }
}
