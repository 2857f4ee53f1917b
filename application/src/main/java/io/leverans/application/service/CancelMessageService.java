package io.leverans.application.service;

import io.leverans.application.port.in.CancelMessage;
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

/** Withdraws what is not yet past the point of no return. */
public final class CancelMessageService implements CancelMessage {
  private final Messages messages;
  private final VisibleMessages visible;

  public CancelMessageService(Messages messages, Identities identities) {
    this.messages = messages;
    this.visible = new VisibleMessages(messages, identities);
  }

  @Override
  public Result cancel(Caller caller, MessageId id) {
    TeamId team = caller.team();
    Optional<MessageView> message = visible.find(caller, id);
    if (message.isEmpty()) {
      return new Result.UnknownMessage();
    }
    List<DeliveryId> all = message.get().deliveries().stream().map(DeliveryView::id).toList();
    int moved = messages.apply(team, id, all, DeliveryFact.CANCELLED);
    MessageView after = messages.find(team, id).orElseThrow();
    return moved == 0 ? new Result.NothingToCancel(after) : new Result.Cancelled(after);
  }
}
