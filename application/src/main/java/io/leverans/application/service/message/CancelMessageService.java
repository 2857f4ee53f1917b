package io.leverans.application.service.message;

import io.leverans.application.port.in.CancelMessage;
import io.leverans.application.port.out.Identities;
import io.leverans.application.port.out.Messages;
import io.leverans.application.view.Caller;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.message.MessageId;

/** Withdraws what is not yet past the point of no return. */
public final class CancelMessageService implements CancelMessage {
  private final OrdersOnMessages orders;

  public CancelMessageService(Messages messages, Identities identities) {
    this.orders = new OrdersOnMessages(messages, identities);
  }

  @Override
  public Result cancel(Caller caller, MessageId message) {
    return orders
        .give(caller, message, DeliveryFact.CANCELLED)
        .<Result>map(
            order ->
                order.moved() == 0
                    ? new Result.NothingToCancel(order.after())
                    : new Result.Cancelled(order.after()))
        .orElseGet(Result.UnknownMessage::new);
  }
}
