package io.leverans.domain.delivery;

import io.leverans.domain.channel.Flow;
import io.leverans.domain.channel.Impediment;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Why mail failed that was tried for as long as it should be: what was tried, and what came of it.
 */
public final class Expiry {
  private Expiry() {}

  /**
   * After attempts of its own.
   *
   * @param last what the latest of them met
   */
  public static Failure afterAttempts(Failure last, int attempts) {
    return expired("Given up after %s; last: %s".formatted(count(attempts), last.words()), last);
  }

  /**
   * Behind a lane that did not flow, where others were tried in its place.
   *
   * @param since when the lane began not to flow
   * @param attempts of its own, before that
   */
  public static Failure behind(Flow.Impeded lane, Instant since, int attempts) {
    String words =
        "Given up after %s of its own: %s since %s, as attempts with other mail showed; last: %s"
            .formatted(
                count(attempts),
                trouble(lane.by()),
                since.truncatedTo(ChronoUnit.SECONDS),
                lane.last().words());
    return expired(words, lane.last());
  }

  /** After attempts that broke off one after the other, before anything was handed over. */
  public static Failure afterBreaks(int inARow) {
    return Failure.of(
        Cause.UNDETERMINED,
        "Given up after %s in a row that broke off on our side before anything was handed over. The"
                .formatted(count(inARow))
            + " operator finds the reason in the log.");
  }

  private static String trouble(Impediment impediment) {
    return switch (impediment) {
      case SLOWED -> "the other side has asked for less mail";
      case OUT_OF_REACH -> "the other side has not been reached";
    };
  }

  private static String count(int attempts) {
    return attempts + (attempts == 1 ? " attempt" : " attempts");
  }

  private static Failure expired(String words, Failure last) {
    return new Failure(Cause.DELIVERY_EXPIRED, words, last.status(), last.remoteHost());
  }
}
