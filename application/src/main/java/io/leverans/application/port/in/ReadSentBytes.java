package io.leverans.application.port.in;

import io.leverans.application.view.Caller;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.Octets;
import java.time.Instant;
import java.util.Optional;

/**
 * Gives the bytes of a message as they were, or will be, sent to one recipient; of logged mail,
 * those that were logged. Mail of the system is unknown here: its link proves an address, so only
 * who reads at that address may see it.
 */
@FunctionalInterface
public interface ReadSentBytes {
  /**
   * Gives the bytes, the same for as long as they are kept.
   *
   * @param recipient which one's; the first recipient's if absent
   */
  Result read(Caller caller, MessageId message, Optional<EmailAddress> recipient);

  /** The answer. */
  sealed interface Result {
    record Found(Octets bytes) implements Result {}

    record UnknownMessage() implements Result {}

    record UnknownRecipient(EmailAddress recipient) implements Result {}

    /** It was old, and there is no content of it any more. */
    record Purged(Instant at) implements Result {}
  }
}
