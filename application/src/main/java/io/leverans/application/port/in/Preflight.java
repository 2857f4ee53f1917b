package io.leverans.application.port.in;

import io.leverans.application.view.Caller;
import io.leverans.application.view.PreflightView;
import io.leverans.domain.identity.IdentityId;
import java.util.List;
import java.util.Objects;

/**
 * Tells before anything is sent whether it can be, and what stands in the way. What is a stop here
 * is refused with the same words when a message is to be accepted.
 */
@FunctionalInterface
public interface Preflight {
  Result check(Command command);

  record Command(Caller caller, IdentityId identity, Extent extent) {
    public Command {
      Objects.requireNonNull(caller);
      Objects.requireNonNull(identity);
      Objects.requireNonNull(extent);
    }
  }

  /** What is to be sent. */
  sealed interface Extent {
    /** So many messages, to one recipient each. */
    record Messages(int number) implements Extent {
      public Messages {
        if (number < 1) {
          throw new IllegalArgumentException("at least one message is to be sent");
        }
      }
    }

    /** One message to these, as somebody wrote their addresses. */
    record Addresses(List<String> written) implements Extent {
      public Addresses {
        written = List.copyOf(written);
      }
    }
  }

  /** The answer. */
  sealed interface Result {
    record Checked(PreflightView preflight) implements Result {}

    record UnknownIdentity() implements Result {}
  }
}
