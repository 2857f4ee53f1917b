package io.leverans.application.port.in;

import io.leverans.application.view.Caller;
import io.leverans.application.view.Erasure;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.message.ErasedRecipient;
import java.util.Objects;

/**
 * Erases what a team has of one recipient, as its admins may: messages to them with all that became
 * of these, reports, and what events told. What was to be sent to them is withdrawn, and a digest
 * of the address stays on the suppression list. There is no way back.
 */
@FunctionalInterface
public interface ErasePerson {
  Result erase(Command command);

  /** What is asked for. */
  record Command(Caller caller, EmailAddress address) {
    public Command {
      Objects.requireNonNull(caller);
      Objects.requireNonNull(address);
    }
  }

  /** The answer. */
  sealed interface Result {
    /** It is done, or goes on by itself as its state says. */
    record Ordered(Erasure erasure) implements Result {}

    record AdminsOnly() implements Result {}

    /** The address is {@link ErasedRecipient#ADDRESS}: all that it could find is erased already. */
    record StandsForTheErased() implements Result {}
  }
}
