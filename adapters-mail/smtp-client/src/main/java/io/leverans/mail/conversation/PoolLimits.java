package io.leverans.mail.conversation;

import java.time.Duration;

/**
 * How connections are kept.
 *
 * @param perDestination at most so many at a time to one address
 * @param idle how long one is kept unused
 * @param messages after so many messages one is closed
 */
public record PoolLimits(int perDestination, Duration idle, int messages) {
  public PoolLimits {
    if (perDestination < 1 || messages < 1 || !idle.isPositive()) {
      throw new IllegalArgumentException("limits of the pool are positive");
    }
  }
}
