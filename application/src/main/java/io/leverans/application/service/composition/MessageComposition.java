package io.leverans.application.service.composition;

import io.leverans.application.port.in.AcceptMessage.Idempotency;
import io.leverans.application.port.out.Ids;
import io.leverans.application.port.out.NewMail;
import io.leverans.application.port.out.NewMail.PlannedDelivery;
import io.leverans.application.port.provider.AlignedDomain;
import io.leverans.application.port.provider.Author;
import io.leverans.application.port.provider.ChannelProvider;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.message.Message;
import io.leverans.domain.message.Octets;
import io.leverans.domain.message.Schedule;
import io.leverans.domain.message.Urgency;
import java.util.List;
import java.util.Optional;

/** Turns a message into what is stored: its final bytes, and its deliveries cut into dispatches. */
public final class MessageComposition {
  private final Ids ids;
  private final DispatchPlan plan;

  public MessageComposition(Ids ids) {
    this.ids = ids;
    this.plan = new DispatchPlan(ids);
  }

  public NewMail compose(
      Message message,
      Urgency urgency,
      Schedule schedule,
      Author author,
      Channel channel,
      ChannelProvider provider,
      Optional<Idempotency> idempotency) {
    Octets composed = provider.compose(message, author, channel.settings());
    List<PlannedDelivery> deliveries =
        message.recipients().stream()
            .map(recipient -> new PlannedDelivery(new DeliveryId(ids.next()), recipient))
            .toList();
    return new NewMail(
        message,
        message.content().inReplyTo().isPresent() ? Urgency.PERSONAL : urgency,
        schedule,
        composed,
        author.domain().flatMap(AlignedDomain::returnPathHost),
        plan.dispatches(message.from().address(), deliveries, channel, provider),
        idempotency);
  }
}
