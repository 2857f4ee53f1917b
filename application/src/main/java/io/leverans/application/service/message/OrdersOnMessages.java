package io.leverans.application.service.message;

import io.leverans.application.port.out.Identities;
import io.leverans.application.port.out.Messages;
import io.leverans.application.service.rights.VisibleMessages;
import io.leverans.application.view.Caller;
import io.leverans.application.view.DeliveryView;
import io.leverans.application.view.MessageView;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.message.MessageId;
import java.util.List;
import java.util.Optional;

/** What a person orders for all deliveries of a message that they may see. */
final class OrdersOnMessages {
  private final Messages messages;
  private final VisibleMessages visible;

  OrdersOnMessages(Messages messages, Identities identities) {
    this.messages = messages;
    this.visible = new VisibleMessages(messages, identities);
  }

  /**
   * What came of it.
   *
   * @param moved how many deliveries
   * @param after the message as it is then
   */
  record Carried(int moved, MessageView after) {}

  /** Empty if there is no such message for the caller. */
  Optional<Carried> give(Caller caller, MessageId message, DeliveryFact fact) {
    return visible.find(caller, message).map(found -> give(found, fact));
  }

  private Carried give(MessageView message, DeliveryFact fact) {
    List<DeliveryId> all = message.deliveries().stream().map(DeliveryView::id).toList();
    int moved = messages.apply(message.team(), message.id(), all, fact);
    return new Carried(moved, messages.find(message.team(), message.id()).orElseThrow());
  }
}
