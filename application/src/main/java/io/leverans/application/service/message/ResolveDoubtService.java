package io.leverans.application.service.message;

import io.leverans.application.port.in.ResolveDoubt;
import io.leverans.application.port.out.Identities;
import io.leverans.application.port.out.Messages;
import io.leverans.application.port.out.Suppressions;
import io.leverans.application.service.rights.VisibleMessages;
import io.leverans.application.service.suppression.SuppressedRecipients;
import io.leverans.application.view.DeliveryView;
import io.leverans.application.view.MessageView;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.suppression.SuppressedAddress;
import io.leverans.domain.team.TeamId;
import java.util.List;
import java.util.Optional;

/** Applies a person's word to a delivery in doubt. */
public final class ResolveDoubtService implements ResolveDoubt {
  private final Messages messages;
  private final VisibleMessages visible;
  private final SuppressedRecipients suppressed;

  public ResolveDoubtService(Messages messages, Identities identities, Suppressions suppressions) {
    this.messages = messages;
    this.visible = new VisibleMessages(messages, identities);
    this.suppressed = new SuppressedRecipients(suppressions);
  }

  @Override
  public Result resolve(Command command) {
    Optional<MessageView> message = visible.find(command.caller(), command.message());
    if (message.isEmpty()) {
      return new Result.UnknownMessage();
    }
    Optional<DeliveryView> found = deliveryTo(message.get(), command);
    if (found.isEmpty()) {
      return new Result.UnknownRecipient(command.recipient());
    }
    return unwanted(message.get(), found.get(), command.as())
        .<Result>map(entry -> new Result.RecipientSuppressed(command.recipient(), entry))
        .orElseGet(() -> settle(command, found.get()));
  }

  private Optional<SuppressedAddress> unwanted(
      MessageView message, DeliveryView delivery, Resolution as) {
    return as == Resolution.RESEND && delivery.state() == DeliveryState.IN_DOUBT
        ? suppressed.among(message, List.of(delivery)).values().stream().findFirst()
        : Optional.empty();
  }

  private Result settle(Command command, DeliveryView delivery) {
    TeamId team = command.caller().team();
    int moved =
        messages.apply(team, command.message(), List.of(delivery.id()), command.as().fact());
    MessageView after = messages.find(team, command.message()).orElseThrow();
    return moved == 1
        ? new Result.Resolved(after)
        : new Result.NotInDoubt(deliveryTo(after, command).orElseThrow().state());
  }

  private static Optional<DeliveryView> deliveryTo(MessageView message, Command command) {
    return message.deliveries().stream()
        .filter(
            delivery -> delivery.recipient().mailbox().address().sameMailbox(command.recipient()))
        .findFirst();
  }
}
