package io.leverans.application.service.message;

import io.leverans.application.port.in.LogMessage;
import io.leverans.application.port.out.Identities;
import io.leverans.application.port.out.Ids;
import io.leverans.application.port.out.Messages;
import io.leverans.application.port.out.Messages.Acceptance;
import io.leverans.application.port.out.Messages.Logging;
import io.leverans.application.port.out.NewLoggedMail;
import io.leverans.application.port.out.NewMail.PlannedDelivery;
import io.leverans.application.port.out.Suppressions;
import io.leverans.application.service.author.ShownAddresses;
import io.leverans.application.service.composition.MessagePolicy;
import io.leverans.application.service.rights.SendingRights;
import io.leverans.application.view.DeliveryView;
import io.leverans.application.view.MessageView;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.identity.Identity;
import io.leverans.domain.message.Content;
import io.leverans.domain.message.InternetMessageId;
import io.leverans.domain.message.Letter;
import io.leverans.domain.message.MailFormat;
import io.leverans.domain.message.MailFormat.Reading;
import io.leverans.domain.message.MailHeader;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.Octets;
import io.leverans.domain.message.Purpose;
import io.leverans.domain.message.Schedule;
import io.leverans.domain.suppression.SuppressedAddress;
import io.leverans.domain.suppression.SuppressionReason;
import io.leverans.domain.team.TeamId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Keeps a mail as it is, or writes one down from what is told of it. */
public final class LogMessageService implements LogMessage {
  private final Identities identities;
  private final Messages messages;
  private final Ids ids;
  private final InstantSource clock;
  private final MessagePolicy policy;
  private final MailFormat format;
  private final ShownAddresses addresses;
  private final Suppressions suppressions;

  public LogMessageService(
      Identities identities,
      Messages messages,
      Ids ids,
      InstantSource clock,
      MessagePolicy policy,
      MailFormat format,
      ShownAddresses addresses,
      Suppressions suppressions) {
    this.suppressions = suppressions;
    this.identities = identities;
    this.messages = messages;
    this.ids = ids;
    this.clock = clock;
    this.policy = policy;
    this.format = format;
    this.addresses = addresses;
  }

  @Override
  public Result log(Command command) {
    return loggedBefore(command).orElseGet(() -> logNew(command));
  }

  private Optional<Result> loggedBefore(Command command) {
    return command
        .idempotency()
        .flatMap(key -> messages.findAccepted(command.caller().team(), key))
        .map(
            acceptance ->
                switch (acceptance) {
                  case Acceptance.StoredBefore(MessageId id) ->
                      new Result.LoggedBefore(view(command, id));
                  case Acceptance.KeyUsedOtherwise() -> keyUsedOtherwise(command);
                  case Acceptance.Stored _ ->
                      throw new IllegalStateException("a key alone stores nothing");
                });
  }

  private Result logNew(Command command) {
    Optional<Identity> identity =
        identities
            .find(command.caller().team(), command.identity())
            .filter(found -> SendingRights.maySendAs(command.caller(), found));
    if (identity.isEmpty()) {
      return new Result.UnknownIdentity(command.identity());
    }
    MessageId id = new MessageId(ids.next());
    return command
        .raw()
        .map(raw -> logRaw(command, identity.get(), id, raw))
        .orElseGet(() -> logTold(command, identity.get(), id));
  }

  private Result logRaw(Command command, Identity identity, MessageId id, Octets raw) {
    return switch (format.read(raw)) {
      case Reading.NotMail(String why) -> new Result.NotMail(why);
      case Reading.TooManyRecipients(int limit) -> new Result.TooManyRecipients(limit);
      case Reading.Read(MailHeader header) -> {
        EmailAddress from = header.from().address();
        List<EmailAddress> known = addresses.of(identity);
        yield known.stream().anyMatch(from::sameMailbox)
            ? store(command, identity, letter(command.told(), id, raw, header), raw)
            : new Result.OtherAuthor(from, known);
      }
    };
  }

  private Letter letter(Told told, MessageId id, Octets raw, MailHeader header) {
    return new Letter(
        id,
        header.from(),
        header.recipients().isEmpty() ? told.recipients() : header.recipients(),
        content(header.subject().or(told::subject), header.inReplyTo().or(told::inReplyTo)),
        header.messageId().or(told::messageId).orElseGet(() -> format.standIn(raw)),
        header.date().or(told::date).orElseGet(clock::instant));
  }

  private Result logTold(Command command, Identity identity, MessageId id) {
    Told told = command.told();
    var letter =
        new Letter(
            id,
            identity.mailbox(),
            told.recipients(),
            new Content(
                told.subject().orElse(""),
                told.text().isEmpty() && told.html().isEmpty() ? Optional.of("") : told.text(),
                told.html(),
                List.of(),
                List.of(),
                Optional.empty(),
                told.inReplyTo()),
            told.messageId().orElseGet(() -> policy.internetIdOf(id)),
            told.date().orElseGet(clock::instant));
    return store(command, identity, letter, format.write(letter));
  }

  /** Of a mail that is kept as it is, the content is read by nobody but its reader. */
  private static Content content(Optional<String> subject, Optional<InternetMessageId> inReplyTo) {
    return new Content(
        subject.orElse(""),
        Optional.of(""),
        Optional.empty(),
        List.of(),
        List.of(),
        Optional.empty(),
        inReplyTo);
  }

  private Result store(Command command, Identity identity, Letter letter, Octets bytes) {
    if (letter.recipients().isEmpty()) {
      return new Result.NobodyNamed();
    }
    if (bytes.size() > policy.maxSize()) {
      return new Result.TooLarge(bytes.size(), policy.maxSize());
    }
    Map<EmailAddress, SuppressedAddress> erased = erasedAmong(identity.team(), letter);
    return erased.isEmpty()
        ? keep(command, identity, letter, bytes)
        : new Result.RecipientsErased(erased);
  }

  private Map<EmailAddress, SuppressedAddress> erasedAmong(TeamId team, Letter letter) {
    return suppressions
        .among(
            team,
            letter.recipients().stream().map(recipient -> recipient.mailbox().address()).toList())
        .entrySet()
        .stream()
        .filter(listed -> listed.getValue().reason() == SuppressionReason.ERASED)
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private Result keep(Command command, Identity identity, Letter letter, Octets bytes) {
    var mail =
        new NewLoggedMail(
            identity.team(),
            letter.id(),
            identity.id(),
            letter.from(),
            letter.content().subject(),
            command.metadata(),
            letter.internetId(),
            letter.content().inReplyTo(),
            letter.date(),
            bytes,
            letter.recipients().stream()
                .map(recipient -> new PlannedDelivery(new DeliveryId(ids.next()), recipient))
                .toList(),
            command.idempotency());
    return switch (messages.log(mail)) {
      case Logging.Logged(Instant loggedAt) -> new Result.Logged(view(mail, loggedAt));
      case Logging.KnownAlready(MessageId known) -> new Result.KnownAlready(view(command, known));
      case Logging.LoggedBefore(MessageId known) -> new Result.LoggedBefore(view(command, known));
      case Logging.KeyUsedOtherwise() -> keyUsedOtherwise(command);
    };
  }

  private MessageView view(Command command, MessageId id) {
    return messages.find(command.caller().team(), id).orElseThrow();
  }

  private static Result keyUsedOtherwise(Command command) {
    return new Result.KeyUsedOtherwise(command.idempotency().orElseThrow().key());
  }

  private static MessageView view(NewLoggedMail mail, Instant loggedAt) {
    return new MessageView(
        mail.team(),
        mail.id(),
        Purpose.LOGGED,
        Optional.of(mail.identity()),
        Optional.empty(),
        mail.from(),
        mail.subject(),
        mail.metadata(),
        mail.internetId(),
        loggedAt,
        Optional.of(mail.sentAt()),
        Schedule.AT_ONCE,
        mail.bytes().size(),
        Optional.empty(),
        Optional.empty(),
        mail.deliveries().stream().map(LogMessageService::view).toList());
  }

  private static DeliveryView view(PlannedDelivery planned) {
    return new DeliveryView(
        planned.id(),
        planned.recipient(),
        DeliveryState.LOGGED,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of());
  }
}
