package io.leverans.domain.channel;

import io.leverans.domain.channel.Forecast.Amount;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How much may pass a lane: as much as every one of its limits lets through, in whatever window of
 * its length one looks at.
 */
public record Pace(List<Limit> limits) {
  public static final Pace UNLIMITED = new Pace(List.of());

  public Pace {
    limits = List.copyOf(limits);
  }

  public boolean isUnlimited() {
    return limits.isEmpty();
  }

  /** The lengths of windows that count. */
  public Set<Duration> windows() {
    return limits.stream().map(Limit::window).collect(Collectors.toUnmodifiableSet());
  }

  /** After which nothing that passed counts any more. */
  public Duration memory() {
    return windows().stream().max(Duration::compareTo).orElse(Duration.ZERO);
  }

  /**
   * The limit that something more would break, if it is one.
   *
   * @param passed in the window that ends now, by its length
   */
  public Optional<Limit> obstacle(Map<Duration, Amount> passed, Amount more) {
    return limits.stream()
        .filter(limit -> passedIn(passed, limit) + limit.charged(more) > limit.atMost())
        .findFirst();
  }

  /**
   * How many messages to one recipient may pass now.
   *
   * @param passed in the window that ends now, by its length
   */
  public long room(Map<Duration, Amount> passed) {
    return limits.stream()
        .mapToLong(limit -> Math.max(0, limit.atMost() - passedIn(passed, limit)))
        .min()
        .orElse(Long.MAX_VALUE);
  }

  private static long passedIn(Map<Duration, Amount> passed, Limit limit) {
    return passed.getOrDefault(limit.window(), Amount.NOTHING).counted(limit.counted());
  }
}
