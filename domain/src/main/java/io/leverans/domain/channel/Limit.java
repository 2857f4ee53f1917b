package io.leverans.domain.channel;

import java.time.Duration;
import java.util.Objects;

/**
 * How much may pass in every window of a length.
 *
 * @param source where the number comes from, for a person
 */
public record Limit(int atMost, Counted counted, Duration window, Scope scope, String source) {
  public Limit {
    Objects.requireNonNull(counted);
    Objects.requireNonNull(window);
    Objects.requireNonNull(scope);
    Objects.requireNonNull(source);
    if (atMost < 1 || !window.isPositive()) {
      throw new IllegalArgumentException("a limit lets something pass in some time");
    }
  }

  /**
   * How much of the limit so much uses up. What is larger than all of it, and could never pass,
   * passes where nothing else does.
   */
  public long charged(Forecast.Amount amount) {
    return Math.min(atMost, amount.counted(counted));
  }

  /** What is counted. */
  public enum Counted {
    MESSAGES,
    RECIPIENTS
  }

  /** What the limit applies to. */
  public enum Scope {
    CHANNEL,
    /** All servers of one destination. */
    DESTINATION
  }
}
