package io.leverans.application.port.in;

import io.leverans.application.view.Caller;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.identity.Identity;
import io.leverans.domain.identity.Mailbox;
import io.leverans.domain.identity.Replies;
import java.util.Optional;

/** Makes an identity and mails it the link that proves it. */
@FunctionalInterface
public interface CreateIdentity {
  Result create(Command command);

  record Command(Caller caller, Mailbox mailbox, Optional<String> signature, Replies replies) {}

  /** The answer. */
  sealed interface Result {
    record Created(Identity identity) implements Result {}

    /** The member has an identity with this address already. */
    record AddressTaken(Identity existing) implements Result {}

    /** The part before the @ has letters beyond ASCII, which a header in 7 bit cannot carry. */
    record LocalPartNotAscii(EmailAddress address) implements Result {}
  }
}
