package io.leverans.application.service.message;

import io.leverans.application.port.in.ReadSentBytes;
import io.leverans.application.port.out.Channels;
import io.leverans.application.port.out.Identities;
import io.leverans.application.port.out.Messages;
import io.leverans.application.port.provider.ChannelProvider;
import io.leverans.application.port.provider.Providers;
import io.leverans.application.service.rights.VisibleMessages;
import io.leverans.application.view.Caller;
import io.leverans.application.view.DeliveryView;
import io.leverans.application.view.MessageView;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.delivery.Dispatch;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.Octets;
import io.leverans.domain.message.Purpose;
import java.util.Optional;

/** Asks the channel's provider for the bytes, the same code that sends them. */
public final class ReadSentBytesService implements ReadSentBytes {
  private final Messages messages;
  private final VisibleMessages visible;
  private final Channels channels;
  private final Providers providers;

  public ReadSentBytesService(
      Messages messages, Identities identities, Channels channels, Providers providers) {
    this.messages = messages;
    this.visible = new VisibleMessages(messages, identities);
    this.channels = channels;
    this.providers = providers;
  }

  @Override
  public Result read(Caller caller, MessageId message, Optional<EmailAddress> recipient) {
    Optional<MessageView> found =
        visible.find(caller, message).filter(view -> view.purpose() != Purpose.SYSTEM);
    if (found.isEmpty()) {
      return new Result.UnknownMessage();
    }
    EmailAddress wanted = recipient.orElseGet(() -> addressOf(found.get().deliveries().getFirst()));
    return found.get().deliveries().stream()
        .filter(delivery -> addressOf(delivery).sameMailbox(wanted))
        .findFirst()
        .map(
            delivery ->
                bytes(found.get(), delivery)
                    .<Result>map(Result.Found::new)
                    .orElseGet(() -> purged(found.get())))
        .orElseGet(() -> new Result.UnknownRecipient(wanted));
  }

  /** Read once more: it may have been purged meanwhile. */
  private Result purged(MessageView message) {
    return messages
        .find(message.team(), message.id())
        .flatMap(MessageView::contentPurgedAt)
        .map(Result.Purged::new)
        .orElseThrow();
  }

  private Optional<Octets> bytes(MessageView message, DeliveryView delivery) {
    return message.purpose() == Purpose.LOGGED
        ? messages.findLogged(message.team(), message.id())
        : messages
            .findDispatch(message.team(), delivery.id())
            .map(routed -> sent(routed, delivery));
  }

  private Octets sent(Messages.Routed routed, DeliveryView delivery) {
    Dispatch dispatch = routed.dispatch();
    Optional<ChannelProvider> provider =
        channels
            .find(dispatch.team(), routed.channel())
            .map(Channel::kind)
            .flatMap(providers::find);
    return provider
        .flatMap(
            known ->
                dispatch.envelopes().stream()
                    .filter(envelope -> envelope.delivery().equals(delivery.id()))
                    .findFirst()
                    .map(envelope -> known.asSent(dispatch, envelope)))
        .orElse(dispatch.content());
  }

  private static EmailAddress addressOf(DeliveryView delivery) {
    return delivery.recipient().mailbox().address();
  }
}
