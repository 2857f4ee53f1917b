package io.leverans.domain.channel;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** When mail would be through a channel, by its limits and what has passed it already. */
public final class Forecast {
  private Forecast() {}

  /**
   * What passed, or is to pass.
   *
   * @param messages never more than {@code recipients}
   */
  public record Amount(long messages, long recipients) {
    public static final Amount NOTHING = new Amount(0, 0);

    public Amount {
      if (messages < 0 || recipients < messages) {
        throw new IllegalArgumentException("there is a recipient at least for each message");
      }
    }

    public Amount plus(Amount other) {
      return new Amount(messages + other.messages, recipients + other.recipients);
    }

    long counted(Limit.Counted what) {
      return switch (what) {
        case MESSAGES -> messages;
        case RECIPIENTS -> recipients;
      };
    }
  }

  /**
   * A limit as it is used.
   *
   * @param used in the window that ends now
   * @param oldest how long ago the first of it passed
   */
  public record Usage(Limit limit, Amount used, Duration oldest) {
    public Usage {
      Objects.requireNonNull(limit);
      Objects.requireNonNull(used);
      Objects.requireNonNull(oldest);
    }

    /** What may still pass now. */
    public long left() {
      return Math.max(0, limit.atMost() - used.counted(limit.counted()));
    }

    /** How long it takes at least until so much more is through. */
    public Duration until(Amount more) {
      long waiting = more.counted(limit.counted()) - left();
      if (waiting <= 0) {
        return Duration.ZERO;
      }
      Duration first = limit.window().minus(oldest);
      long furtherWindows = (waiting - 1) / limit.atMost();
      return (first.isNegative() ? Duration.ZERO : first)
          .plus(limit.window().multipliedBy(furtherWindows));
    }
  }

  /** The limit that holds so much mail up the longest, if any does. */
  public static Optional<Usage> narrowest(List<Usage> usages, Amount more) {
    return usages.stream()
        .filter(usage -> usage.until(more).isPositive())
        .max(Comparator.comparing(usage -> usage.until(more)));
  }
}
