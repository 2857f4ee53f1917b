package io.leverans.mail.conversation;

import java.time.Duration;

/**
 * How connections are kept.
 *
 * @param perDestination at most so many at a time to one address
 * @param total at most so many at a time to all addresses together, busy and idle
 * @param idle how long one is kept unused
 * @param messages after so many messages one is closed
 */
public record PoolLimits(int perDestination, int total, Duration idle, int messages) {
  public PoolLimits {
    if (perDestination < 1 || total < 1 || messages < 1 || !idle.isPositive()) {
      throw new IllegalArgumentException("limits of the pool are positive");
    }
  }

  /** With any number of addresses. */
  public PoolLimits(int perDestination, Duration idle, int messages) {
    this(perDestination, Integer.MAX_VALUE, idle, messages);
  }

  /** For the one server of a channel, under however many addresses. */
  public static PoolLimits ofOneServer(int connections, Duration idle, int messages) {
    return new PoolLimits(connections, connections, idle, messages);
  }
}
