package io.leverans.mail.smtp;

import io.leverans.application.port.provider.memory.MemoryBook;
import io.leverans.domain.bounce.BounceMailbox;
import io.leverans.domain.bounce.MailboxBook.Stay;
import io.leverans.domain.bounce.MailboxMark;
import io.leverans.domain.bounce.Visit;
import io.leverans.domain.channel.OpenChannel;
import io.leverans.domain.delivery.DeliveryId;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;

/** A mailbox on a server, and who visits it. */
abstract class ImapVisits {
  static final String LETTER = "From: Dan <dan@example.org>\nSubject: Lunch\n\nSee you tomorrow.\n";

  final TestWorld world = new TestWorld();
  final SmtpProvider provider = world.provider();
  final TestImap server = new TestImap(false);
  final DeliveryId delivery = new DeliveryId(new UUID(1, 2));
  final MemoryBook book = new MemoryBook(Stay.LEAVE);

  @AfterEach
  void close() {
    provider.close();
    server.close();
    world.close();
  }

  OpenChannel channel(String... changes) {
    String[] usual = {
      "host", "mail.test",
      "username", "sandy@acme.example",
      "password", "secret",
      "bounces", "mailbox",
      "imap-port", String.valueOf(server.port()),
      "imap-security", "none"
    };
    return TestWorld.channel(
        provider, Stream.of(usual, changes).flatMap(Stream::of).toArray(String[]::new));
  }

  BounceMailbox mailbox() {
    return provider.mailbox().orElseThrow();
  }

  Visit visit(Optional<MailboxMark> from) {
    return mailbox().visit(channel(), from, book);
  }

  Visit visit() {
    return visit(Optional.empty());
  }

  String bounce(String recipient) {
    return """
    From: MAILER-DAEMON@mail.test (Mail Delivery System)
    Return-Path: <>
    Subject: Undelivered Mail Returned to Sender
    Content-Type: multipart/report; report-type=delivery-status; boundary="b"

    --b
    Content-Type: message/delivery-status

    Reporting-MTA: dns; mail.test

    Final-Recipient: rfc822; %s
    Action: failed
    Status: 5.1.1
    Diagnostic-Code: smtp; 550 5.1.1 unknown

    --b
    Content-Type: text/rfc822-headers

    Leverans-Delivery: %s
    Message-ID: <%s@platform.test>
    --b--
    """
        .formatted(
            recipient, world.tokens().tokenFor(TestWorld.TEAM, delivery, world.now()), recipient);
  }
}
