package io.leverans.mail.mime;

import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.identity.Mailbox;
import io.leverans.domain.message.Attachment;
import io.leverans.domain.message.Content;
import io.leverans.domain.message.HeaderField;
import io.leverans.domain.message.InternetMessageId;
import io.leverans.domain.message.Message;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.Octets;
import io.leverans.domain.message.Purpose;
import io.leverans.domain.message.Recipient;
import io.leverans.domain.message.Recipient.Role;
import io.leverans.domain.team.TeamId;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Messages to try things on, changed bit by bit. */
final class Messages {
  private Mailbox from = Mailbox.parse("Ada Sand <ada@example.com>");
  private final List<Recipient> recipients = new ArrayList<>();
  private String subject = "Hello";
  private Optional<String> text = Optional.of("A line.\n");
  private Optional<String> html = Optional.empty();
  private final List<HeaderField> headers = new ArrayList<>();
  private final List<Attachment> attachments = new ArrayList<>();
  private Optional<Mailbox> replyTo = Optional.empty();
  private Optional<InternetMessageId> inReplyTo = Optional.empty();
  private Purpose purpose = Purpose.CORRESPONDENCE;
  private InternetMessageId internetId = new InternetMessageId("<one@example.com>");

  static Messages message() {
    return new Messages();
  }

  Messages from(String mailbox) {
    from = Mailbox.parse(mailbox);
    return this;
  }

  Messages from(String name, String address) {
    from = new Mailbox(Optional.of(name), EmailAddress.parse(address));
    return this;
  }

  Messages recipient(Role role, String mailbox) {
    recipients.add(new Recipient(role, Mailbox.parse(mailbox)));
    return this;
  }

  Messages subject(String words) {
    subject = words;
    return this;
  }

  Messages text(String words) {
    text = Optional.of(words);
    return this;
  }

  Messages html(String markup) {
    html = Optional.of(markup);
    return this;
  }

  Messages htmlOnly(String markup) {
    text = Optional.empty();
    return html(markup);
  }

  Messages header(String name, String value) {
    headers.add(new HeaderField(name, value));
    return this;
  }

  Messages attachment(String filename, String type, byte[] content) {
    return attachment(filename, type, Octets.of(content));
  }

  Messages attachment(String filename, String type, Octets content) {
    attachments.add(new Attachment(filename, type, content, Optional.empty()));
    return this;
  }

  Messages inline(String filename, String type, byte[] content, String id) {
    attachments.add(new Attachment(filename, type, Octets.of(content), Optional.of(id)));
    return this;
  }

  Messages replyTo(String mailbox) {
    replyTo = Optional.of(Mailbox.parse(mailbox));
    return this;
  }

  Messages inReplyTo(String id) {
    inReplyTo = Optional.of(new InternetMessageId(id));
    return this;
  }

  Messages purpose(Purpose why) {
    purpose = why;
    return this;
  }

  Messages internetId(String id) {
    internetId = new InternetMessageId(id);
    return this;
  }

  Message made() {
    List<Recipient> all =
        recipients.isEmpty()
            ? List.of(new Recipient(Role.TO, Mailbox.parse("bo@example.org")))
            : recipients;
    return new Message(
        new TeamId(7),
        new MessageId(UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057")),
        purpose,
        Optional.empty(),
        new ChannelId(UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8058")),
        from,
        all,
        new Content(subject, text, html, headers, attachments, replyTo, inReplyTo),
        Map.of(),
        internetId,
        Instant.parse("2026-11-24T08:05:09.123Z"));
  }

  byte[] composed() {
    return octets(new MimeComposer().compose(made()));
  }

  MimeMessage readBack() {
    return read(composed());
  }

  static byte[] octets(Octets octets) {
    try {
      return octets.toArray();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  static MimeMessage read(byte[] octets) {
    try {
      return new MimeMessage((Session) null, new java.io.ByteArrayInputStream(octets));
    } catch (MessagingException broken) {
      throw new AssertionError("what was composed cannot be read back", broken);
    }
  }

  static String ascii(byte[] octets) {
    return new String(octets, StandardCharsets.ISO_8859_1);
  }

  static String header(byte[] octets) {
    String whole = ascii(octets);
    return whole.substring(0, whole.indexOf("\r\n\r\n") + 2);
  }
}
