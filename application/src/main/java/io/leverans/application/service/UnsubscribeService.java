package io.leverans.application.service;

import io.leverans.application.port.in.Unsubscribe;
import io.leverans.application.port.out.Ids;
import io.leverans.application.port.out.Messages;
import io.leverans.application.port.out.Suppressions;
import io.leverans.application.port.out.Suppressions.NewSuppression;
import io.leverans.application.port.out.UnsubscribeCodes;
import io.leverans.application.view.MessageView;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.suppression.SuppressionId;
import io.leverans.domain.suppression.SuppressionReason;
import java.util.List;
import java.util.Optional;

/** Finds the message by the code, and its recipient in it. */
public final class UnsubscribeService implements Unsubscribe {
  private final UnsubscribeCodes codes;
  private final Messages messages;
  private final Suppressions suppressions;
  private final Ids ids;

  public UnsubscribeService(
      UnsubscribeCodes codes, Messages messages, Suppressions suppressions, Ids ids) {
    this.codes = codes;
    this.messages = messages;
    this.suppressions = suppressions;
    this.ids = ids;
  }

  @Override
  public Optional<Offer> lookUp(String code) {
    return message(code).map(UnsubscribeService::offer);
  }

  @Override
  public Result unsubscribe(String code, Optional<EmailAddress> address) {
    return message(code)
        .map(message -> unsubscribe(message, address))
        .orElseGet(Result.UnknownCode::new);
  }

  private Optional<MessageView> message(String code) {
    return codes.read(code).flatMap(named -> messages.find(named.team(), named.message()));
  }

  private Result unsubscribe(MessageView message, Optional<EmailAddress> address) {
    List<EmailAddress> all = recipients(message);
    if (all.size() == 1) {
      suppress(message, all.getFirst());
      return new Result.Unsubscribed(message.from());
    }
    address
        .flatMap(named -> all.stream().filter(named::sameMailbox).findFirst())
        .ifPresent(recipient -> suppress(message, recipient));
    return address
        .<Result>map(named -> new Result.UnsubscribedIfRecipient(message.from(), named))
        .orElseGet(() -> new Result.AddressMissing(offer(message)));
  }

  private void suppress(MessageView message, EmailAddress recipient) {
    var _ = suppressions.add(suppression(message, recipient));
  }

  private static List<EmailAddress> recipients(MessageView message) {
    return message.deliveries().stream()
        .map(delivery -> delivery.recipient().mailbox().address())
        .toList();
  }

  private static Offer offer(MessageView message) {
    return new Offer(
        message.from(), recipients(message).size() == 1 ? Asked.NOTHING : Asked.ADDRESS);
  }

  private NewSuppression suppression(MessageView message, EmailAddress recipient) {
    return new NewSuppression(
        message.team(),
        new SuppressionId(ids.next()),
        recipient,
        SuppressionReason.UNSUBSCRIBED,
        Optional.empty(),
        Optional.of("By the link in message %s.".formatted(message.id().value())));
  }
}
