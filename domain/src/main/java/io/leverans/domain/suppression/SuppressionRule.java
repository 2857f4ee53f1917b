package io.leverans.domain.suppression;

import java.time.Duration;

/** When failures of one cause put an address on the suppression list. */
public sealed interface SuppressionRule {
  /** With the first. */
  record AtOnce() implements SuppressionRule {}

  /**
   * With so many of different messages within a time.
   *
   * @param failures from 2 to {@value #MOST_FAILURES}
   * @param within from a day to a year
   */
  record After(int failures, Duration within) implements SuppressionRule {
    public static final int MOST_FAILURES = 100;
    public static final Duration SHORTEST = Duration.ofDays(1);
    public static final Duration LONGEST = Duration.ofDays(366);

    public After {
      if (failures < 2 || failures > MOST_FAILURES) {
        throw new IllegalArgumentException("from 2 to %d failures".formatted(MOST_FAILURES));
      }
      if (within.compareTo(SHORTEST) < 0 || within.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException("within a day at least, and a year at most");
      }
    }
  }

  /** However many there are. */
  record Never() implements SuppressionRule {}
}
