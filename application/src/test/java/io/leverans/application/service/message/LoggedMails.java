package io.leverans.application.service.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.leverans.application.port.in.AcceptMessage.Idempotency;
import io.leverans.application.port.in.LogMessage.Command;
import io.leverans.application.port.in.LogMessage.Result;
import io.leverans.application.port.in.LogMessage.Told;
import io.leverans.application.port.in.ReadSentBytes;
import io.leverans.application.service.Deployment;
import io.leverans.application.service.OwnChannels;
import io.leverans.application.service.author.ShownAddresses;
import io.leverans.application.view.Caller;
import io.leverans.application.view.MessageView;
import io.leverans.domain.identity.Identity;
import io.leverans.domain.identity.Mailbox;
import io.leverans.domain.message.InternetMessageId;
import io.leverans.domain.message.Letter;
import io.leverans.domain.message.MailFormat;
import io.leverans.domain.message.MailHeader;
import io.leverans.domain.message.Octets;
import io.leverans.domain.message.Recipient;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Mail that was sent elsewhere, whole and as it is told, and who logs it. */
abstract class LoggedMails {
  static final Instant THEN = Instant.parse("2026-11-20T08:00:00Z");
  static final InternetMessageId ID = new InternetMessageId("<1@mailbox.example>");
  static final Idempotency KEY = new Idempotency("sync-1", "f1");
  static final MailHeader HEADER =
      new MailHeader(
          Mailbox.parse("Bo at home <BO@example.com>"),
          Deployment.to("cy@example.org"),
          Optional.of("From the header"),
          Optional.of(THEN),
          Optional.of(ID),
          Optional.empty());

  final OwnChannels own = new OwnChannels();
  final Deployment deployment = own.deployment;
  final Identity identity = deployment.verified(deployment.member, "Bo <bo@example.com>");
  MailFormat.Reading reading = new MailFormat.Reading.Read(HEADER);
  final LogMessageService service =
      new LogMessageService(
          deployment.identities,
          deployment.messages,
          deployment.ids,
          deployment::now,
          deployment.policy,
          new MailFormat() {
            @Override
            public Reading read(Octets mail) {
              return reading;
            }

            @Override
            public InternetMessageId standIn(Octets mail) {
              return new InternetMessageId("<" + mail.size() + "@octets.example>");
            }

            @Override
            public Octets write(Letter letter) {
              return octets("Written: " + letter.content().text().orElse(""));
            }
          },
          new ShownAddresses(deployment.channels, own.providers, deployment.authors),
          deployment.suppressions);

  static MailHeader from(Mailbox author) {
    return new MailHeader(
        author,
        HEADER.recipients(),
        HEADER.subject(),
        HEADER.date(),
        Optional.empty(),
        Optional.empty());
  }

  Command whole(String raw) {
    return new Command(
        deployment.member,
        identity.id(),
        Optional.of(octets(raw)),
        tell(Deployment.to("di@example.org")),
        Map.of(),
        Optional.empty());
  }

  Command told(Optional<Idempotency> key) {
    return new Command(
        deployment.member,
        identity.id(),
        Optional.empty(),
        tell(Deployment.to("di@example.org")),
        Map.of(),
        key);
  }

  static Told tell(List<Recipient> recipients) {
    return new Told(
        recipients,
        Optional.of("Told"),
        Optional.of("Hello"),
        Optional.empty(),
        Optional.of(THEN),
        Optional.of(ID),
        Optional.empty());
  }

  String raw(Caller caller, MessageView message) throws IOException {
    var bytes =
        new ReadSentBytesService(
                deployment.messages,
                deployment.identities,
                deployment.channels,
                deployment.providers)
            .read(caller, message.id(), Optional.empty());
    return new String(
        assertInstanceOf(ReadSentBytes.Result.Found.class, bytes).bytes().toArray(), UTF_8);
  }

  static MessageView logged(Result result) {
    return assertInstanceOf(Result.Logged.class, result).message();
  }

  static Octets octets(String text) {
    return Octets.of(text.getBytes(UTF_8));
  }
}
