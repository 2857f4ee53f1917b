package io.leverans.application.service.suppression;

import io.leverans.application.port.out.Suppressions;
import io.leverans.application.view.DeliveryView;
import io.leverans.application.view.MessageView;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.message.Purpose;
import io.leverans.domain.suppression.SuppressedAddress;
import java.util.Collection;
import java.util.Map;

/** Whom of a message the team does not write to any more: a claim would end their deliveries. */
public final class SuppressedRecipients {
  private final Suppressions suppressions;

  public SuppressedRecipients(Suppressions suppressions) {
    this.suppressions = suppressions;
  }

  /** Mail of the system asks no list. */
  public Map<EmailAddress, SuppressedAddress> among(
      MessageView message, Collection<DeliveryView> deliveries) {
    return message.purpose() == Purpose.SYSTEM
        ? Map.of()
        : suppressions.among(
            message.team(), deliveries.stream().map(SuppressedRecipients::address).toList());
  }

  public static EmailAddress address(DeliveryView delivery) {
    return delivery.recipient().mailbox().address();
  }
}
