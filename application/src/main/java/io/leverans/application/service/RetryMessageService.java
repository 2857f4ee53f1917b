package io.leverans.application.service;

import io.leverans.application.port.in.RetryMessage;
import io.leverans.application.port.out.Identities;
import io.leverans.application.port.out.Messages;
import io.leverans.application.view.Caller;
import io.leverans.application.view.DeliveryView;
import io.leverans.application.view.MessageView;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.Lifecycle;
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
        .map(
            order ->
                order.moved() == 0
                    ? nothingQueued(order.after())
                    : new Result.Queued(order.after()))
        .orElseGet(Result.UnknownMessage::new);
  }

  /** What was purged once stays so: the reason is still there to be seen afterwards. */
  private static Result nothingQueued(MessageView message) {
    return message
        .contentPurgedAt()
        .filter(_ -> message.deliveries().stream().anyMatch(RetryMessageService::mayBeRetried))
        .<Result>map(at -> new Result.ContentPurged(message, at))
        .orElseGet(() -> new Result.NothingToRetry(message));
  }

  private static boolean mayBeRetried(DeliveryView delivery) {
    return Lifecycle.next(delivery.state(), DeliveryFact.RETRY_ORDERED).isPresent();
  }
}
