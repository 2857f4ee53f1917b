package io.leverans.application.service;

import io.leverans.application.port.in.RetryMessage;
import io.leverans.application.port.out.Identities;
import io.leverans.application.port.out.Messages;
import io.leverans.application.view.Caller;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.message.MessageId;

/** Queues again what failed or bounced. */
public final class RetryMessageService implements RetryMessage {
  private final OrdersOnMessages orders;

  public RetryMessageService(Messages messages, Identities identities) {
    this.orders = new OrdersOnMessages(messages, identities);
  }

  @Override
  public Result retry(Caller caller, MessageId message) {
    return orders
        .give(caller, message, DeliveryFact.RETRY_ORDERED)
        .<Result>map(
            order ->
                order.moved() == 0
                    ? new Result.NothingToRetry(order.after())
                    : new Result.Queued(order.after()))
        .orElseGet(Result.UnknownMessage::new);
  }
}
