package io.leverans.persistence;

import static java.util.Comparator.comparingDouble;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.leverans.domain.channel.Forecast.Amount;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.channel.Limit;
import io.leverans.domain.channel.Pace;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The lanes of limited pace that this node asked for leave to pass, and how much of their pace was
 * used then. A lane is forgotten when nothing of that can count any more, and where there are too
 * many, the least used one is. Safe for use by many threads.
 */
final class UsedLanes {
  private static final int REMEMBERED = 1000;

  private final Map<Lane, Use> uses = new HashMap<>();

  /**
   * A pace as it was used.
   *
   * @param passed in the window that ended then, by its length
   * @param share of the longest limit: that is what closes a lane for long
   * @param until when any of it can count, by the node's own time
   */
  record Use(Lane lane, Pace pace, Map<Duration, Amount> passed, double share, long until) {
    Use {
      passed = Map.copyOf(passed);
    }

    /** As many as had to be read then. */
    long permits() {
      return passed.values().stream().mapToLong(Amount::messages).sum();
    }

    private boolean isOver(long now) {
      return until - now < 0;
    }
  }

  /** How much of a limit is used up, of 1. */
  static double share(Limit limit, Map<Duration, Amount> passed) {
    Amount amount = passed.getOrDefault(limit.window(), Amount.NOTHING);
    return (double) limit.charged(amount) / limit.atMost();
  }

  /**
   * How much has passed a lane.
   *
   * @param passed in the window that ends now, by its length
   */
  synchronized void note(Lane lane, Pace pace, Map<Duration, Amount> passed) {
    if (uses.size() >= REMEMBERED && !uses.containsKey(lane)) {
      makeRoom();
    }
    long until = System.nanoTime() + NANOSECONDS.convert(pace.memory());
    uses.put(lane, new Use(lane, pace, passed, longest(pace, passed), until));
  }

  private static double longest(Pace pace, Map<Duration, Amount> passed) {
    return pace.limits().stream()
        .filter(limit -> limit.window().equals(pace.memory()))
        .mapToDouble(limit -> share(limit, passed))
        .max()
        .orElse(0);
  }

  /** The most used ones, in order. */
  synchronized List<Use> most(int atMost) {
    forget();
    return uses.values().stream()
        .sorted(comparingDouble(Use::share).reversed())
        .limit(atMost)
        .toList();
  }

  private void makeRoom() {
    forget();
    if (uses.size() >= REMEMBERED) {
      uses.values().stream()
          .min(comparingDouble(Use::share))
          .map(Use::lane)
          .ifPresent(uses::remove);
    }
  }

  private void forget() {
    long now = System.nanoTime();
    uses.values().removeIf(use -> use.isOver(now));
  }
}
