package io.leverans.application.service.message;

import io.leverans.application.port.in.RetryMessage;
import io.leverans.application.port.out.Identities;
import io.leverans.application.port.out.Messages;
import io.leverans.application.port.out.Suppressions;
import io.leverans.application.service.rights.VisibleMessages;
import io.leverans.application.service.suppression.SuppressedRecipients;
import io.leverans.application.view.Caller;
import io.leverans.application.view.DeliveryView;
import io.leverans.application.view.MessageView;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.Lifecycle;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.suppression.SuppressedAddress;
import java.util.List;
import java.util.Map;

/** Queues again what failed or bounced. */
public final class RetryMessageService implements RetryMessage {
  private final Messages messages;
  private final VisibleMessages visible;
  private final SuppressedRecipients suppressed;

  public RetryMessageService(Messages messages, Identities identities, Suppressions suppressions) {
    this.messages = messages;
    this.visible = new VisibleMessages(messages, identities);
    this.suppressed = new SuppressedRecipients(suppressions);
  }

  @Override
  public Result retry(Caller caller, MessageId message) {
    return visible.find(caller, message).map(this::retry).orElseGet(Result.UnknownMessage::new);
  }

  private Result retry(MessageView message) {
    List<DeliveryView> failed = failedIn(message);
    Map<EmailAddress, SuppressedAddress> unwanted = suppressed.among(message, failed);
    List<DeliveryId> wanted =
        failed.stream()
            .filter(delivery -> !unwanted.containsKey(SuppressedRecipients.address(delivery)))
            .map(DeliveryView::id)
            .toList();
    int queued = messages.apply(message.team(), message.id(), wanted, DeliveryFact.RETRY_ORDERED);
    MessageView after = messages.find(message.team(), message.id()).orElseThrow();
    return queued == 0
        ? nothingQueued(after, unwanted)
        : new Result.Queued(after, List.copyOf(unwanted.keySet()));
  }

  /** What was purged once stays so: the reason is still there to be seen afterwards. */
  private static Result nothingQueued(
      MessageView message, Map<EmailAddress, SuppressedAddress> unwanted) {
    return message
        .contentPurgedAt()
        .filter(_ -> !failedIn(message).isEmpty())
        .<Result>map(at -> new Result.ContentPurged(message, at))
        .orElseGet(
            () ->
                unwanted.isEmpty()
                    ? new Result.NothingToRetry(message)
                    : new Result.RecipientsSuppressed(message, unwanted));
  }

  private static List<DeliveryView> failedIn(MessageView message) {
    return message.deliveries().stream()
        .filter(
            delivery -> Lifecycle.next(delivery.state(), DeliveryFact.RETRY_ORDERED).isPresent())
        .toList();
  }
}
