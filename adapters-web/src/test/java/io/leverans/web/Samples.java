package io.leverans.web;

import io.leverans.application.view.AttemptView;
import io.leverans.application.view.Caller;
import io.leverans.application.view.DeliveryView;
import io.leverans.application.view.EventKind;
import io.leverans.application.view.LaterWord;
import io.leverans.application.view.MessageView;
import io.leverans.domain.bounce.ReportId;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.delivery.Evidence;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.NextHop;
import io.leverans.domain.identity.ChannelChoice;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.identity.Identity;
import io.leverans.domain.identity.IdentityId;
import io.leverans.domain.identity.Mailbox;
import io.leverans.domain.identity.Replies;
import io.leverans.domain.identity.Verification;
import io.leverans.domain.message.InternetMessageId;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.Purpose;
import io.leverans.domain.message.Recipient;
import io.leverans.domain.message.Schedule;
import io.leverans.domain.team.Member;
import io.leverans.domain.team.MemberId;
import io.leverans.domain.team.TeamId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A small team with an identity and a message. */
final class Samples {
  static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
  static final TeamId TEAM = new TeamId(1);
  static final MemberId MEMBER_ID = new MemberId(new UUID(0, 1));
  static final Caller CALLER = new Caller(new Member(TEAM, MEMBER_ID, "Anna", Member.Role.ADMIN));
  static final IdentityId IDENTITY_ID = new IdentityId(new UUID(0, 2));
  static final ChannelId CHANNEL_ID = new ChannelId(new UUID(0, 3));
  static final MessageId MESSAGE_ID = new MessageId(new UUID(0, 4));
  static final ReportId REPORT_ID = new ReportId(new UUID(0, 5));
  static final Mailbox ANNA = Mailbox.parse("Anna <anna@sender.example>");
  static final EmailAddress BERT = EmailAddress.parse("bert@recipient.example");
  static final Failure UNKNOWN_MAILBOX =
      new Failure(
          Cause.MAILBOX_UNKNOWN,
          "550 5.1.1 no such user",
          Optional.of("5.1.1"),
          Optional.of("mx.recipient.example"));
  static final NextHop MX =
      new NextHop(
          "mx.recipient.example",
          "192.0.2.7",
          new NextHop.Security.Encrypted("TLSv1.3", Optional.of("self-signed")));

  private Samples() {}

  static Identity identity(Verification verification) {
    return identity(IDENTITY_ID, verification);
  }

  static Identity identity(IdentityId id, Verification verification) {
    return new Identity(
        TEAM,
        id,
        MEMBER_ID,
        ANNA,
        Optional.empty(),
        Replies.TO_SHOWN_ADDRESS,
        Identity.Standing.DEFAULT,
        new ChannelChoice(CHANNEL_ID, ChannelChoice.Reason.TEAM_CHANNEL),
        verification,
        NOON);
  }

  static MessageView message(DeliveryView... deliveries) {
    return message(Purpose.CORRESPONDENCE, deliveries);
  }

  static MessageView message(Purpose purpose, DeliveryView... deliveries) {
    return new MessageView(
        TEAM,
        MESSAGE_ID,
        purpose,
        Optional.of(IDENTITY_ID),
        purpose == Purpose.LOGGED ? Optional.empty() : Optional.of(CHANNEL_ID),
        ANNA,
        "Hello",
        Map.of("deal", "17"),
        new InternetMessageId("<m4@sender.example>"),
        NOON,
        purpose == Purpose.LOGGED ? Optional.of(NOON.minusSeconds(3600)) : Optional.empty(),
        Schedule.AT_ONCE,
        1234,
        Optional.empty(),
        Optional.empty(),
        List.of(deliveries));
  }

  /** The same without its content. */
  static MessageView purged(MessageView message) {
    return with(message, message.schedule(), Optional.of(NOON));
  }

  private static MessageView with(
      MessageView message, Schedule schedule, Optional<Instant> contentPurgedAt) {
    return new MessageView(
        message.team(),
        message.id(),
        message.purpose(),
        message.identity(),
        message.channel(),
        message.from(),
        message.subject(),
        message.metadata(),
        message.internetId(),
        message.acceptedAt(),
        message.sentAt(),
        schedule,
        message.size(),
        contentPurgedAt,
        message.erasedAt(),
        message.deliveries());
  }

  /** Mail that its author sent without us. */
  static MessageView logged() {
    var delivery =
        new DeliveryView(
            new DeliveryId(new UUID(0, 8)),
            recipient("bert@recipient.example"),
            DeliveryState.LOGGED,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of());
    return message(Purpose.LOGGED, delivery);
  }

  /** A message to one recipient, with its times. */
  static MessageView scheduled(Schedule schedule, DeliveryState state) {
    DeliveryView delivery = queued("bert@recipient.example");
    MessageView message =
        message(
            new DeliveryView(
                delivery.id(),
                delivery.recipient(),
                state,
                Optional.empty(),
                Optional.empty(),
                schedule.sendAt(),
                List.of(),
                List.of()));
    return with(message, schedule, message.contentPurgedAt());
  }

  static DeliveryView queued(String address) {
    return new DeliveryView(
        new DeliveryId(UUID.nameUUIDFromBytes(address.getBytes(StandardCharsets.UTF_8))),
        recipient(address),
        DeliveryState.QUEUED,
        Optional.empty(),
        Optional.empty(),
        Optional.of(NOON),
        List.of(),
        List.of());
  }

  static DeliveryView accepted(String address) {
    var attempt =
        new AttemptView(
            1,
            NOON,
            Optional.of(NOON.plusSeconds(1)),
            Optional.of(NOON.plusSeconds(2)),
            Optional.of(DeliveryFact.ACCEPTED),
            Optional.empty(),
            Optional.of("250 2.0.0 queued as 4711"),
            Optional.of(MX),
            List.of("> MAIL", "< 250 ok"));
    return new DeliveryView(
        new DeliveryId(new UUID(0, 6)),
        recipient(address),
        DeliveryState.ACCEPTED,
        Optional.of(Evidence.RECIPIENTS_SERVER),
        Optional.empty(),
        Optional.empty(),
        List.of(attempt),
        List.of());
  }

  static DeliveryView bounced(String address) {
    var word =
        new LaterWord(
            REPORT_ID,
            NOON,
            EventKind.DELIVERY_BOUNCED,
            Optional.of("Undelivered"),
            Optional.of(UNKNOWN_MAILBOX));
    return new DeliveryView(
        new DeliveryId(new UUID(0, 7)),
        recipient(address),
        DeliveryState.BOUNCED,
        Optional.of(Evidence.RELAY),
        Optional.of(UNKNOWN_MAILBOX),
        Optional.empty(),
        List.of(),
        List.of(word));
  }

  /** Accepted, with one more word afterwards. */
  static DeliveryView accepted(EventKind kind, Optional<Failure> failure) {
    DeliveryView accepted = accepted("bert@recipient.example");
    return new DeliveryView(
        accepted.id(),
        accepted.recipient(),
        accepted.state(),
        accepted.evidence(),
        accepted.failure(),
        accepted.nextAttemptAt(),
        accepted.attempts(),
        List.of(new LaterWord(REPORT_ID, NOON, kind, Optional.of("Away until Monday"), failure)));
  }

  static DeliveryView ended(DeliveryState state, DeliveryFact last, Optional<Evidence> evidence) {
    var lost = Failure.of(Cause.NETWORK_FAILURE, "the connection broke");
    var attempt =
        new AttemptView(
            1,
            NOON,
            Optional.of(NOON.plusSeconds(1)),
            Optional.of(NOON.plusSeconds(2)),
            Optional.of(last),
            Optional.of(lost),
            Optional.empty(),
            Optional.of(MX),
            List.of());
    return new DeliveryView(
        new DeliveryId(new UUID(0, 8)),
        recipient("bert@recipient.example"),
        state,
        evidence,
        Optional.of(lost),
        Optional.empty(),
        List.of(attempt),
        List.of());
  }

  private static Recipient recipient(String address) {
    return new Recipient(Recipient.Role.TO, Mailbox.parse(address));
  }
}
