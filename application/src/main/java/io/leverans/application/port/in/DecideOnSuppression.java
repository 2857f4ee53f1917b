package io.leverans.application.port.in;

import io.leverans.application.view.Caller;
import io.leverans.domain.suppression.SuppressionPolicy;
import java.util.Objects;

/** Decides which failures put addresses on the team's suppression list, as its admins may. */
@FunctionalInterface
public interface DecideOnSuppression {
  Result decide(Command command);

  record Command(Caller caller, SuppressionPolicy policy) {
    public Command {
      Objects.requireNonNull(caller);
      Objects.requireNonNull(policy);
    }
  }

  /** What became of it. */
  enum Result {
    DECIDED,
    ADMINS_ONLY
  }
}
