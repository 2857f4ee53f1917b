package io.leverans.domain.channel;

/**
 * What a pace limit applies to, such as one account or all servers of one destination. Named by the
 * provider, opaque to the core; two dispatches with equal lanes share their limits.
 */
public record Lane(String name) {
  private static final int MAX = 600;

  public Lane {
    if (name.isBlank() || name.length() > MAX) {
      throw new IllegalArgumentException("a lane's name has 1 to " + MAX + " characters");
    }
  }
}
