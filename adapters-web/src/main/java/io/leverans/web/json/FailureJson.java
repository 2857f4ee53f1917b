package io.leverans.web.json;

import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.Fault;
import io.leverans.domain.delivery.Permanence;
import io.leverans.domain.delivery.Remedy;
import java.util.Optional;

/**
 * Why something did not arrive, whose fault it is, and what to do.
 *
 * @param words the other side's own, or ours where there was no other side
 * @param status the enhanced status code (RFC 3463)
 */
public record FailureJson(
    Cause cause,
    Fault fault,
    Permanence permanence,
    String remedy,
    String words,
    Optional<String> status,
    Optional<String> remoteHost) {
  /** For what is told by itself, such as an attempt of the past. */
  public static FailureJson of(Failure failure) {
    return of(failure, failure.cause().remedy());
  }

  /** For mail as it stands now. */
  public static FailureJson of(Failure failure, DeliveryState state) {
    return of(failure, Remedy.of(state, failure.cause()));
  }

  private static FailureJson of(Failure failure, String remedy) {
    Cause cause = failure.cause();
    return new FailureJson(
        cause,
        cause.fault(),
        cause.permanence(),
        remedy,
        failure.words(),
        failure.status(),
        failure.remoteHost());
  }
}
