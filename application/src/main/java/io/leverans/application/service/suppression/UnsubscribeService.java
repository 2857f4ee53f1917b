package io.leverans.application.service.suppression;

import io.leverans.application.port.in.Unsubscribe;
import io.leverans.application.port.out.Ids;
import io.leverans.application.port.out.Messages;
import io.leverans.application.port.out.Suppressions;
import io.leverans.application.port.out.Suppressions.NewSuppression;
import io.leverans.application.port.out.UnsubscribeCodes;
import io.leverans.application.port.out.UnsubscribeCodes.Holders;
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
    return letter(code).map(Letter::offer);
  }

  @Override
  public Result unsubscribe(String code, Optional<EmailAddress> address) {
    return letter(code)
        .map(letter -> unsubscribe(letter, address))
        .orElseGet(Result.UnknownCode::new);
  }

  private Optional<Letter> letter(String code) {
    return codes
        .read(code)
        .flatMap(
            named ->
                messages
                    .find(named.team(), named.message())
                    .map(message -> new Letter(message, named.holders())));
  }

  /** A message with a link. */
  private record Letter(MessageView message, Holders holders) {
    List<EmailAddress> recipients() {
      return message.deliveries().stream()
          .map(delivery -> delivery.recipient().mailbox().address())
          .toList();
    }

    /** Whom the link names. */
    Optional<EmailAddress> holder() {
      return holders == Holders.ONE && recipients().size() == 1
          ? Optional.of(recipients().getFirst())
          : Optional.empty();
    }

    Offer offer() {
      return new Offer(message.from(), holder().isPresent() ? Asked.NOTHING : Asked.ADDRESS);
    }
  }

  private Result unsubscribe(Letter letter, Optional<EmailAddress> address) {
    MessageView message = letter.message();
    Optional<EmailAddress> holder = letter.holder();
    if (holder.isPresent()) {
      suppress(message, holder.get());
      return new Result.Unsubscribed(message.from());
    }
    address
        .flatMap(named -> letter.recipients().stream().filter(named::sameMailbox).findFirst())
        .ifPresent(recipient -> suppress(message, recipient));
    return address
        .<Result>map(named -> new Result.UnsubscribedIfRecipient(message.from(), named))
        .orElseGet(() -> new Result.AddressMissing(letter.offer()));
  }

  private void suppress(MessageView message, EmailAddress recipient) {
    var _ = suppressions.add(suppression(message, recipient));
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
