package io.leverans.application.service;

import io.leverans.application.port.in.RetryMessage;
import io.leverans.application.port.out.Identities;
import io.leverans.application.port.out.Messages;
import io.leverans.application.view.Caller;
import io.leverans.application.view.DeliveryView;
import io.leverans.application.view.MessageView;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.team.TeamId;
import java.util.List;
import java.util.Optional;

/** Queues again what failed or bounced. */
public final class RetryMessageService implements RetryMessage {
  private final Messages messages;
  private final VisibleMessages visible;

  public RetryMessageService(Messages messages, Identities identities) {
    this.messages = messages;
    this.visible = new VisibleMessages(messages, identities);
  }

  @Override
  public Result retry(Caller caller, MessageId id) {
    TeamId team = caller.team();
    Optional<MessageView> message = visible.find(caller, id);
    if (message.isEmpty()) {
      return new Result.UnknownMessage();
    }
    List<DeliveryId> all = message.get().deliveries().stream().map(DeliveryView::id).toList();
    int moved = messages.apply(team, id, all, DeliveryFact.RETRY_ORDERED);
    MessageView after = messages.find(team, id).orElseThrow();
    return moved == 0 ? new Result.NothingToRetry(after) : new Result.Queued(after);
  }
}
