package io.leverans.application.service.composition;

import io.leverans.application.port.out.Ids;
import io.leverans.application.port.out.NewMail.PlannedDelivery;
import io.leverans.application.port.out.NewMail.PlannedDispatch;
import io.leverans.application.port.provider.ChannelProvider;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.delivery.DispatchId;
import io.leverans.domain.identity.EmailAddress;
import java.util.List;

/** Cuts deliveries of one message into dispatches, as the channel groups them. */
public final class DispatchPlan {
  private final Ids ids;

  public DispatchPlan(Ids ids) {
    this.ids = ids;
  }

  public List<PlannedDispatch> dispatches(
      EmailAddress sender,
      List<PlannedDelivery> deliveries,
      Channel channel,
      ChannelProvider provider) {
    return switch (provider.capabilities(channel.settings()).grouping()) {
      case ONE_RECIPIENT ->
          deliveries.stream()
              .map(delivery -> dispatch(sender, List.of(delivery), channel, provider))
              .toList();
      case ANY_SUBSET, WHOLE_MESSAGE -> List.of(dispatch(sender, deliveries, channel, provider));
    };
  }

  private PlannedDispatch dispatch(
      EmailAddress sender,
      List<PlannedDelivery> deliveries,
      Channel channel,
      ChannelProvider provider) {
    List<EmailAddress> addresses =
        deliveries.stream().map(delivery -> delivery.recipient().mailbox().address()).toList();
    return new PlannedDispatch(
        new DispatchId(ids.next()),
        provider.narrowed(provider.lane(addresses, channel), sender),
        deliveries);
  }
}
