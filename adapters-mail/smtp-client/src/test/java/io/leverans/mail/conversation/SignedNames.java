package io.leverans.mail.conversation;

import io.leverans.mail.conversation.NameServers.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.xbill.DNS.Record;

/**
 * A root, a zone below it that is signed, and one that is not; and those who ask for their names.
 */
final class SignedNames implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  private final SignedDns dns =
      new SignedDns()
          .zone("test")
          .unsignedZone("plain")
          .with("mail.test", "A 127.0.0.1")
          .with("alias.test", "CNAME mail.test.")
          .with("out.test", "CNAME mail.plain.")
          .with("_25._tcp.mail.test", "TLSA 3 1 1 " + "ab".repeat(32))
          .with("mail.plain", "A 127.0.0.2")
          .with("in.plain", "CNAME mail.test.");

  SignedDns dns() {
    return dns;
  }

  /** Those who ask now. */
  NameServers asking(Path anchors) throws IOException {
    return asking(anchors, NOW);
  }

  NameServers asking(Path anchors, Instant time) throws IOException {
    return asking(anchors, time, Duration.ofSeconds(2));
  }

  NameServers asking(Path anchors, Instant time, Duration timeout) throws IOException {
    return NameServers.validating(
        Optional.of(dns.address()),
        timeout,
        TrustAnchors.in(anchors),
        Clock.fixed(time, ZoneOffset.UTC));
  }

  /** Why there is no answer. */
  static String why(Answer<Record> answer) {
    return switch (answer) {
      case Answer.NoAnswer<Record>(var why) -> why;
      case Answer<Record> other -> throw new AssertionError("an answer: " + other);
    };
  }

  @Override
  public void close() {
    dns.close();
  }
}
