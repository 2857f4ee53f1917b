package io.leverans.application.port.in;

import io.leverans.application.view.Caller;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.suppression.SuppressedAddress;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** Puts an address on the team's suppression list by hand, as every member may. */
@FunctionalInterface
public interface SuppressAddress {
  Result suppress(Command command);

  /**
   * What is asked for.
   *
   * @param until when it may be written to again; empty: never
   */
  record Command(
      Caller caller, EmailAddress address, Optional<Instant> until, Optional<String> note) {
    public Command {
      Objects.requireNonNull(caller);
      Objects.requireNonNull(address);
      Objects.requireNonNull(until);
      Objects.requireNonNull(note);
    }
  }

  /** The answer. */
  sealed interface Result {
    record Suppressed(SuppressedAddress entry) implements Result {}

    /** It is there for a reason as grave: nothing changed. */
    record AlreadyThere(SuppressedAddress entry) implements Result {}

    /** Its time would be over before it began. */
    record EndsInThePast(Instant until) implements Result {}
  }
}
