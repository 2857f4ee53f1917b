package io.leverans.application.port.in;

import io.leverans.application.view.Caller;
import io.leverans.domain.suppression.SuppressionId;
import java.util.Objects;

/** Takes an address off the team's suppression list, as its admins may. */
@FunctionalInterface
public interface LiftSuppression {
  Result lift(Command command);

  /**
   * What is asked for.
   *
   * @param why in a person's words, kept in the event
   */
  record Command(Caller caller, SuppressionId suppression, String why) {
    public Command {
      Objects.requireNonNull(caller);
      Objects.requireNonNull(suppression);
      Objects.requireNonNull(why);
    }
  }

  /** What became of it. */
  enum Result {
    LIFTED,
    UNKNOWN_SUPPRESSION,
    ADMINS_ONLY
  }
}
