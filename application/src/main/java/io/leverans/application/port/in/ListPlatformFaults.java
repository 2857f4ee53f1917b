package io.leverans.application.port.in;

import io.leverans.application.port.out.PlatformFaults.Faults;
import io.leverans.application.view.Caller;

/** Tells the operator, an admin of team 1, what is wrong with the platform. */
@FunctionalInterface
public interface ListPlatformFaults {
  Result list(Caller caller, int limit);

  /** The answer. */
  sealed interface Result {
    record Listed(Faults faults) implements Result {}

    record OperatorsOnly() implements Result {}
  }
}
