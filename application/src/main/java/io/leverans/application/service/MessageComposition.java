package io.leverans.application.service;

import io.leverans.application.port.in.AcceptMessage.Idempotency;
import io.leverans.application.port.out.Ids;
import io.leverans.application.port.out.NewMail;
import io.leverans.application.port.out.NewMail.PlannedDelivery;
import io.leverans.application.port.out.NewMail.PlannedDispatch;
import io.leverans.application.port.provider.ChannelProvider;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.Grouping;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.DispatchId;
import io.leverans.domain.message.Message;
import io.leverans.domain.message.Octets;
import io.leverans.domain.message.Recipient;
import java.util.List;
import java.util.Optional;

/** Turns a message into what is stored: its final bytes, and its deliveries cut into dispatches. */
final class MessageComposition {
  private final Ids ids;

  MessageComposition(Ids ids) {
    this.ids = ids;
  }

  NewMail compose(
      Message message,
      Channel channel,
      ChannelProvider provider,
      Optional<Idempotency> idempotency) {
    Octets composed = provider.compose(message, channel.settings());
    return new NewMail(message, composed, plan(message, channel, provider), idempotency);
  }

  private List<PlannedDispatch> plan(Message message, Channel channel, ChannelProvider provider) {
    Grouping grouping = provider.capabilities(channel.settings()).grouping();
    return switch (grouping) {
      case ONE_RECIPIENT ->
          message.recipients().stream()
              .map(recipient -> dispatch(List.of(recipient), channel, provider))
              .toList();
      case ANY_SUBSET, WHOLE_MESSAGE -> List.of(dispatch(message.recipients(), channel, provider));
    };
  }

  private PlannedDispatch dispatch(
      List<Recipient> recipients, Channel channel, ChannelProvider provider) {
    var addresses = recipients.stream().map(recipient -> recipient.mailbox().address()).toList();
    return new PlannedDispatch(
        new DispatchId(ids.next()),
        provider.lane(addresses, channel.settings()),
        recipients.stream()
            .map(recipient -> new PlannedDelivery(new DeliveryId(ids.next()), recipient))
            .toList());
  }
}
