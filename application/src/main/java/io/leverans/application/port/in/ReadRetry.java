package io.leverans.application.port.in;

import io.leverans.application.view.Caller;
import io.leverans.application.view.RetryId;
import io.leverans.application.view.RetryView;
import java.util.Optional;

/** Tells how far an order to try again has come: a member's own, an admin all of the team's. */
@FunctionalInterface
public interface ReadRetry {
  Optional<RetryView> read(Caller caller, RetryId retry);
}
