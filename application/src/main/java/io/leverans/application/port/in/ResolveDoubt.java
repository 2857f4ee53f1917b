package io.leverans.application.port.in;

import io.leverans.application.view.Caller;
import io.leverans.application.view.MessageView;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.suppression.SuppressedAddress;

/** Settles by a person's word what no answer came for. */
@FunctionalInterface
public interface ResolveDoubt {
  Result resolve(Command command);

  record Command(Caller caller, MessageId message, EmailAddress recipient, Resolution as) {}

  /** What the person says. */
  enum Resolution {
    /** It arrived. */
    SENT(DeliveryFact.DECLARED_SENT),
    /** Send it again, even if that makes a second copy. */
    RESEND(DeliveryFact.RESEND_ORDERED),
    /** It did not arrive and shall not be sent again. */
    FAILED(DeliveryFact.DECLARED_FAILED);

    private final DeliveryFact fact;

    Resolution(DeliveryFact fact) {
      this.fact = fact;
    }

    public DeliveryFact fact() {
      return fact;
    }
  }

  /** The answer. */
  sealed interface Result {
    record Resolved(MessageView message) implements Result {}

    record UnknownMessage() implements Result {}

    record UnknownRecipient(EmailAddress recipient) implements Result {}

    record NotInDoubt(DeliveryState state) implements Result {}

    /** It is not sent again: the team does not write to the recipient any more. */
    record RecipientSuppressed(EmailAddress recipient, SuppressedAddress entry) implements Result {}
  }
}
