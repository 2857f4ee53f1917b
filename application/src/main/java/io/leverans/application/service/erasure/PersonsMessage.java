package io.leverans.application.service.erasure;

import io.leverans.application.port.out.DomainNames;
import io.leverans.application.view.AttemptView;
import io.leverans.application.view.DeliveryView;
import io.leverans.application.view.LaterWord;
import io.leverans.application.view.MessageView;
import io.leverans.domain.delivery.DeliveryId;
import java.util.List;
import java.util.Set;

/**
 * A message as one of its recipients may see it.
 *
 * @param deliveries to that one
 */
record PersonsMessage(MessageView message, List<DeliveryView> deliveries, OtherRecipients others) {
  PersonsMessage {
    deliveries = List.copyOf(deliveries);
  }

  static PersonsMessage of(MessageView message, Set<DeliveryId> persons, DomainNames names) {
    return new PersonsMessage(
        message,
        message.deliveries().stream().filter(to -> persons.contains(to.id())).toList(),
        OtherRecipients.of(
            message.deliveries().stream()
                .filter(to -> !persons.contains(to.id()))
                .map(to -> to.recipient().mailbox().address().toString())
                .toList(),
            names));
  }

  /** Without its other recipients, and what was said of them. */
  MessageView alone() {
    return message.with(deliveries.stream().map(this::alone).toList());
  }

  private DeliveryView alone(DeliveryView delivery) {
    return new DeliveryView(
        delivery.id(),
        delivery.recipient(),
        delivery.state(),
        delivery.evidence(),
        delivery.failure().map(others::without),
        delivery.nextAttemptAt(),
        delivery.attempts().stream().map(this::alone).toList(),
        delivery.laterWords().stream().map(this::alone).toList());
  }

  private AttemptView alone(AttemptView attempt) {
    return new AttemptView(
        attempt.number(),
        attempt.startedAt(),
        attempt.handedOverAt(),
        attempt.endedAt(),
        attempt.fact(),
        attempt.failure().map(others::without),
        others.without(attempt.reference()),
        attempt.nextHop(),
        others.without(attempt.transcript()));
  }

  private LaterWord alone(LaterWord word) {
    return new LaterWord(
        word.report(),
        word.receivedAt(),
        word.kind(),
        others.without(word.subject()),
        word.failure().map(others::without),
        word.correction());
  }
}
