package io.leverans.mail.mime;

import io.leverans.domain.identity.Mailbox;
import io.leverans.domain.message.Attachment;
import io.leverans.domain.message.Content;
import io.leverans.domain.message.HeaderField;
import io.leverans.domain.message.Letter;
import io.leverans.domain.message.Message;
import io.leverans.domain.message.Octets;
import io.leverans.domain.message.Purpose;
import io.leverans.domain.message.Recipient.Role;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Turns a message into the bytes that are sent (RFC 5322, RFC 2045): ASCII only, every line ended
 * by CRLF and at most 998 octets long, and the same bytes whenever the same message is composed.
 * Safe for use by many threads.
 */
public final class MimeComposer {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss xx", Locale.US)
          .withZone(ZoneOffset.UTC);

  /**
   * Composes a message. Blind copies are in no header. Files of a large one are not copied: they
   * are read each time that it is.
   *
   * <p>Domains stand in A-labels. A recipient or reply address without a form in ASCII is shown as
   * the name of an empty group (RFC 6857), so that the header needs no SMTPUTF8; only the envelope
   * does. Headers of the application's own keep their value but for runs of white space; beyond
   * ASCII they become encoded words.
   *
   * @throws IllegalArgumentException if the author's address has no form in ASCII
   * @throws UncheckedIOException if an attachment cannot be read
   */
  public Octets compose(Message message) {
    return compose(
        new Letter(
            message.id(),
            message.from(),
            message.recipients(),
            message.content(),
            message.internetId(),
            message.date()),
        message.purpose());
  }

  /** Composes a letter, by the same rules. */
  Octets compose(Letter letter, Purpose purpose) {
    Fixed mime = new Fixed(letter.internetId().value());
    try {
      writeHeader(letter, purpose, mime);
      body(letter.content()).fill(mime, new Boundaries(letter.id()));
      mime.saveChanges();
      return written(mime);
    } catch (MessagingException broken) {
      if (broken.getNextException() instanceof IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
      throw new IllegalStateException("a checked message could not be composed", broken);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static void writeHeader(Letter letter, Purpose purpose, Fixed mime)
      throws MessagingException {
    Content content = letter.content();
    mime.put("Date", DATE.format(letter.date()));
    mime.put("From", AddressText.author(letter.from()));
    if (content.replyTo().isPresent()) {
      mime.put("Reply-To", AddressText.list("Reply-To", List.of(content.replyTo().get())));
    }
    writeRecipients(letter, mime);
    mime.put("Subject", HeaderText.exact("Subject", content.subject()));
    if (content.inReplyTo().isPresent()) {
      String answered = content.inReplyTo().get().value();
      mime.put("In-Reply-To", answered);
      mime.put("References", answered);
    }
    if (purpose == Purpose.SYSTEM) {
      mime.put("Auto-Submitted", "auto-generated");
    }
    for (HeaderField field : content.headers()) {
      mime.add(field.name(), HeaderText.foreign(field.name(), field.value()));
    }
  }

  private static void writeRecipients(Letter letter, Fixed mime) throws MessagingException {
    List<Mailbox> to = named(letter, Role.TO);
    List<Mailbox> copies = named(letter, Role.CC);
    if (!to.isEmpty()) {
      mime.put("To", AddressText.list("To", to));
    }
    if (!copies.isEmpty()) {
      mime.put("Cc", AddressText.list("Cc", copies));
    }
    if (to.isEmpty() && copies.isEmpty()) {
      mime.put("To", "undisclosed-recipients:;");
    }
  }

  private static List<Mailbox> named(Letter letter, Role role) {
    return letter.recipients().stream()
        .filter(recipient -> recipient.role() == role)
        .map(recipient -> recipient.mailbox())
        .toList();
  }

  /** The usual nesting: mixed ( alternative ( text, related ( html, inline files ) ), files ). */
  private static BodyPart body(Content content) {
    List<Attachment> inline =
        content.attachments().stream()
            .filter(file -> content.html().isPresent() && file.contentId().isPresent())
            .toList();
    List<Attachment> beside =
        content.attachments().stream().filter(file -> !inline.contains(file)).toList();
    List<BodyPart> forms = new ArrayList<>();
    content.text().ifPresent(text -> forms.add(new BodyPart.Text("plain", text)));
    content
        .html()
        .ifPresent(
            html ->
                forms.add(
                    together(
                        "related",
                        ";\r\n type=\"text/html\"",
                        new BodyPart.Text("html", html),
                        inline,
                        BodyPart.File.INLINE)));
    BodyPart writing =
        forms.size() == 1 ? forms.getFirst() : new BodyPart.Multi("alternative", "", forms);
    return together("mixed", "", writing, beside, BodyPart.File.ATTACHED);
  }

  private static BodyPart together(
      String subtype,
      String parameters,
      BodyPart first,
      List<Attachment> files,
      String disposition) {
    if (files.isEmpty()) {
      return first;
    }
    Stream<BodyPart> others = files.stream().map(file -> new BodyPart.File(file, disposition));
    return new BodyPart.Multi(
        subtype, parameters, Stream.concat(Stream.of(first), others).toList());
  }

  private static Octets written(Fixed mime) throws IOException, MessagingException {
    Draft draft = new Draft();
    mime.writeTo(draft);
    return draft.toOctets();
  }

  /**
   * Keeps the message's own Message-ID, of which Angus would make a new one on every save, and its
   * body as it is encoded.
   */
  private static final class Fixed extends MimeMessage {
    private final String messageId;

    Fixed(String messageId) {
      super((Session) null);
      this.messageId = messageId;
    }

    void put(String field, String value) throws MessagingException {
      setHeader(field, HeaderText.folded(field, value));
    }

    void add(String field, String value) throws MessagingException {
      addHeader(field, HeaderText.folded(field, value));
    }

    @Override
    public String getEncoding() {
      return BodyPart.AS_IS;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
      setHeader("Message-ID", messageId);
    }
  }
}
