package io.leverans.web.json;

import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.Fault;
import io.leverans.domain.delivery.Permanence;
import java.util.Optional;

/**
 * Why something did not arrive, whose fault it is, and what to do.
 *
 * @param words the other side's own
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
  public static FailureJson of(Failure failure) {
    Cause cause = failure.cause();
    return new FailureJson(
        cause,
        cause.fault(),
        cause.permanence(),
        cause.remedy(),
        failure.words(),
        failure.status(),
        failure.remoteHost());
  }
}
