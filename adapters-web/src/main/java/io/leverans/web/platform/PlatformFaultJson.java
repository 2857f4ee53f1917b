package io.leverans.web.platform;

import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.Fault;
import io.leverans.domain.delivery.Mender;
import io.leverans.domain.delivery.OperatorsRemedy;
import io.leverans.domain.delivery.PlatformFault;
import io.leverans.domain.delivery.PlatformFault.Telling;
import java.time.Instant;
import java.util.Optional;

/**
 * A fault of the platform as it is told to its operator.
 *
 * @param place the lane or the server where it is met
 * @param refusals recipients refused since it began, each as often as it was tried
 * @param words the other side's own, of the latest refusal
 * @param toldAt when the operator was written to last; absent until then
 */
record PlatformFaultJson(
    Cause cause,
    String place,
    State state,
    Instant since,
    Instant lastAt,
    long refusals,
    Fault fault,
    Mender whoCanFix,
    String remedy,
    String words,
    Optional<String> status,
    Optional<String> remoteHost,
    Optional<Instant> toldAt) {

  /** Whether it is still met. */
  enum State {
    CURRENT,
    OVER
  }

  static PlatformFaultJson of(PlatformFault fault, Instant now) {
    Cause cause = fault.cause();
    return new PlatformFaultJson(
        cause,
        fault.place(),
        fault.isOverAt(now) ? State.OVER : State.CURRENT,
        fault.since(),
        fault.last(),
        fault.refusals(),
        cause.fault(),
        cause.mender(),
        OperatorsRemedy.of(cause),
        fault.latest().words(),
        fault.latest().status(),
        fault.latest().remoteHost(),
        fault.told().map(Telling::at));
  }
}
