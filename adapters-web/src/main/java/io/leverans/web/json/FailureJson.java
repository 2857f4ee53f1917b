package io.leverans.web.json;

import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.Fault;
import io.leverans.domain.delivery.Permanence;
import io.leverans.domain.delivery.Remedy;
import io.leverans.domain.delivery.Suppression;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Why something did not arrive, whose fault it is, and what to do: questions of their own, each
 * with its own answer.
 *
 * @param permanence whether a cause of this sort passes
 * @param terminal whether it was the end of this delivery, whatever the cause
 * @param suppresses whether the address is to be left alone from now on
 * @param words the other side's own, or ours where there was no other side
 * @param status the enhanced status code (RFC 3463)
 */
public record FailureJson(
    Cause cause,
    Fault fault,
    Permanence permanence,
    boolean terminal,
    boolean suppresses,
    String remedy,
    String words,
    Optional<String> status,
    Optional<String> remoteHost) {
  private static final Set<DeliveryState> ENDS =
      EnumSet.of(
          DeliveryState.FAILED,
          DeliveryState.BOUNCED,
          DeliveryState.COMPLAINED,
          DeliveryState.CANCELLED);

  /** For what ended a delivery, told by itself, such as an attempt of the past. */
  public static FailureJson ofTheEnd(Failure failure) {
    return of(failure, true, failure.cause().remedy());
  }

  /** For what ended nothing, told by itself, such as a delay. */
  public static FailureJson inBetween(Failure failure) {
    return of(failure, false, failure.cause().remedy());
  }

  /** For mail as it stands now. */
  public static FailureJson of(Failure failure, DeliveryState state) {
    return of(failure, ENDS.contains(state), Remedy.of(state, failure.cause()));
  }

  private static FailureJson of(Failure failure, boolean terminal, String remedy) {
    Cause cause = failure.cause();
    return new FailureJson(
        cause,
        cause.fault(),
        cause.permanence(),
        terminal,
        terminal && failure.suppression() == Suppression.SUPPRESSES,
        remedy,
        failure.words(),
        failure.status(),
        failure.remoteHost());
  }
}
