package io.leverans.application.port.out;

import io.leverans.application.port.in.AcceptMessage.Idempotency;
import io.leverans.application.port.out.NewMail.PlannedDelivery;
import io.leverans.application.port.out.NewMail.PlannedDispatch;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.DispatchId;
import io.leverans.domain.identity.IdentityId;
import io.leverans.domain.identity.Mailbox;
import io.leverans.domain.message.Content;
import io.leverans.domain.message.InternetMessageId;
import io.leverans.domain.message.Message;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.Octets;
import io.leverans.domain.message.Purpose;
import io.leverans.domain.message.Recipient;
import io.leverans.domain.message.Schedule;
import io.leverans.domain.message.Urgency;
import io.leverans.domain.team.TeamId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What a {@link Sender} writes. */
public final class Letters {
  private static final Octets HELLO =
      Octets.of("Subject: hello\r\n\r\nhello\r\n".getBytes(StandardCharsets.US_ASCII));

  private final Ids ids;
  private final TeamId team;
  private final IdentityId identity;
  private final ChannelId channel;

  Letters(Ids ids, TeamId team, IdentityId identity, ChannelId channel) {
    this.ids = ids;
    this.team = team;
    this.identity = identity;
    this.channel = channel;
  }

  /** A message with a dispatch for each recipient. */
  public NewMail mail(String... recipients) {
    return apart(message(Purpose.CORRESPONDENCE, recipients));
  }

  /** A message whose recipients travel together. */
  public NewMail mailTogether(String... recipients) {
    Message message = message(Purpose.CORRESPONDENCE, recipients);
    return mail(message, List.of(dispatch(deliveries(message).toList())));
  }

  public NewMail systemMail(String recipient) {
    return apart(message(Purpose.SYSTEM, recipient));
  }

  public NewMail mailUnder(String key, String fingerprint) {
    return mailUnder(key, fingerprint, "bo@example.com");
  }

  public NewMail mailUnder(String key, String fingerprint, String recipient) {
    return ChangedMail.under(new Idempotency(key, fingerprint), mail(recipient));
  }

  /** Mail that was sent elsewhere. */
  public NewLoggedMail loggedMail(String internetId) {
    return new NewLoggedMail(
        team,
        new MessageId(ids.next()),
        identity,
        Mailbox.parse("Astrid Å <astrid@mailbox.example>"),
        "Höst",
        Map.of("deal", "17"),
        new InternetMessageId(internetId),
        Optional.of(new InternetMessageId("<0@example.com>")),
        Instant.parse("2026-11-20T08:00:00Z"),
        HELLO,
        List.of(
            new PlannedDelivery(
                new DeliveryId(ids.next()),
                new Recipient(Recipient.Role.CC, Mailbox.parse("Bo Ö <bo@example.com>")))),
        Optional.empty());
  }

  private NewMail apart(Message message) {
    return mail(message, deliveries(message).map(delivery -> dispatch(List.of(delivery))).toList());
  }

  private static NewMail mail(Message message, List<PlannedDispatch> dispatches) {
    return new NewMail(
        message,
        Urgency.PERSONAL,
        Schedule.AT_ONCE,
        HELLO,
        Optional.empty(),
        dispatches,
        Optional.empty());
  }

  private Message message(Purpose purpose, String... recipients) {
    MessageId id = new MessageId(ids.next());
    return new Message(
        team,
        id,
        purpose,
        purpose == Purpose.SYSTEM ? Optional.empty() : Optional.of(identity),
        channel,
        Mailbox.parse("Astrid Å <astrid@sender.example>"),
        Arrays.stream(recipients)
            .map(address -> new Recipient(Recipient.Role.TO, Mailbox.parse(address)))
            .toList(),
        Content.plain("Hello", "hello"),
        Map.of("deal", "17"),
        new InternetMessageId("<" + id.value() + "@sender.example>"),
        Instant.parse("2026-11-24T10:00:00Z"));
  }

  private Stream<PlannedDelivery> deliveries(Message message) {
    return message.recipients().stream()
        .map(recipient -> new PlannedDelivery(new DeliveryId(ids.next()), recipient));
  }

  private PlannedDispatch dispatch(List<PlannedDelivery> deliveries) {
    return new PlannedDispatch(
        new DispatchId(ids.next()),
        new Lane(deliveries.getFirst().recipient().mailbox().address().domain()),
        deliveries);
  }
}
