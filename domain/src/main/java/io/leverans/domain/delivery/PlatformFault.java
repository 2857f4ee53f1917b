package io.leverans.domain.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Trouble that the platform's own servers meet somewhere, and that only its operator can mend: an
 * address on a block list, a PTR record that is missing.
 *
 * @param place where it is met: the name of a lane, or of the server that said so
 * @param latest the failure of the latest refusal; its cause is the trouble's
 * @param since the first refusal of this trouble
 * @param last the latest one
 * @param refusals how many recipients were refused since, each as often as it was tried
 * @param told when the operator was told last, and of how many refusals; absent until then
 */
public record PlatformFault(
    String place,
    Failure latest,
    Instant since,
    Instant last,
    long refusals,
    Optional<Telling> told) {
  /** What nobody met for longer is over; what is met after that is trouble anew. */
  public static final Duration OVER_AFTER = Duration.ofHours(6);

  private static final Duration AGAIN_AFTER = Duration.ofDays(1);
  private static final int MUCH_MORE = 10;

  /** A mail to the operator. */
  public record Telling(Instant at, long refusals) {
    public Telling {
      Objects.requireNonNull(at);
    }
  }

  public PlatformFault {
    Objects.requireNonNull(place);
    Objects.requireNonNull(latest);
    Objects.requireNonNull(since);
    Objects.requireNonNull(last);
    Objects.requireNonNull(told);
  }

  public Cause cause() {
    return latest.cause();
  }

  /**
   * Whether mail that fails for it is a fault of the platform that its operator can mend. Being
   * asked for less is not: lanes slow down by themselves.
   */
  public static boolean isOne(Cause cause) {
    return cause.fault() == Fault.PLATFORM && cause.mender() == Mender.OPERATOR;
  }

  /**
   * Whether the operator is to be told now: once, and again when it grew tenfold or is a day on.
   */
  public boolean isNewsAt(Instant now) {
    return told.map(telling -> isNewsAfter(telling, now)).orElse(true);
  }

  private boolean isNewsAfter(Telling telling, Instant now) {
    boolean grew = refusals >= MUCH_MORE * telling.refusals();
    boolean goesOn = last.isAfter(telling.at()) && !now.isBefore(telling.at().plus(AGAIN_AFTER));
    return grew || goesOn;
  }

  public boolean isOverAt(Instant now) {
    return now.isAfter(last.plus(OVER_AFTER));
  }
}
