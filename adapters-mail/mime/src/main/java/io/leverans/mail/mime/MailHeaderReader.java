package io.leverans.mail.mime;

import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.identity.Mailbox;
import io.leverans.domain.message.InternetMessageId;
import io.leverans.domain.message.MailFormat.Reading;
import io.leverans.domain.message.MailHeader;
import io.leverans.domain.message.NamedRecipients;
import io.leverans.domain.message.Octets;
import io.leverans.domain.message.Recipient;
import io.leverans.domain.message.Recipient.Role;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MailDateFormat;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.UnsupportedEncodingException;
import java.text.ParseException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads the header of a mail that any program may have written: what cannot be read is left out.
 */
final class MailHeaderReader {
  private static final int MOST_OCTETS = 1024 * 1024;
  private static final int MOST_RECIPIENTS = 1000;
  private static final int LONGEST_SUBJECT = 998;
  private static final int LONGEST_NAME = 200;
  private static final Instant EARLIEST = Instant.EPOCH;
  private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");
  private static final Pattern ID = Pattern.compile("<[^<>\\s]{3,801}>");
  private static final Pattern NOT_FOR_A_LINE = Pattern.compile("[\\s\\p{Cc}]+");

  private final InternetHeaders headers;

  private MailHeaderReader(InternetHeaders headers) {
    this.headers = headers;
  }

  /**
   * Reads it.
   *
   * @throws UncheckedIOException if the bytes cannot be read
   */
  static Reading read(Octets mail) {
    try (InputStream in = mail.open()) {
      byte[] beginning = in.readNBytes(MOST_OCTETS);
      return new MailHeaderReader(new InternetHeaders(new ByteArrayInputStream(beginning), true))
          .read();
    } catch (MessagingException unreadable) {
      return new Reading.NotMail("its header cannot be read");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Reading read() {
    List<Mailbox> authors = mailboxes("From");
    if (authors.isEmpty()) {
      return new Reading.NotMail(
          "it has no From field with an address, which every mail has (RFC 5322 §3.6)");
    }
    List<Recipient> recipients = recipients();
    if (recipients.size() > MOST_RECIPIENTS) {
      return new Reading.TooManyRecipients(MOST_RECIPIENTS);
    }
    return new Reading.Read(
        new MailHeader(
            authors.getFirst(), recipients, subject(), date(), id("Message-ID"), answered()));
  }

  /** Each mailbox once, and no further than it takes to see that they are too many. */
  private List<Recipient> recipients() {
    var named = new NamedRecipients();
    return Stream.of(Role.values())
        .flatMap(
            role -> mailboxes(field(role)).stream().map(mailbox -> new Recipient(role, mailbox)))
        .filter(recipient -> named.name(recipient.mailbox().address()).isEmpty())
        .limit(MOST_RECIPIENTS + 1L)
        .toList();
  }

  private static String field(Role role) {
    return switch (role) {
      case TO -> "To";
      case CC -> "Cc";
      case BCC -> "Bcc";
    };
  }

  private Optional<String> subject() {
    return text("Subject").map(MailHeaderReader::decoded).map(text -> cut(text, LONGEST_SUBJECT));
  }

  private Optional<Instant> date() {
    return text("Date")
        .flatMap(
            text -> {
              try {
                return Optional.of(new MailDateFormat().parse(text).toInstant());
              } catch (ParseException e) {
                return Optional.empty();
              }
            })
        .filter(date -> !date.isBefore(EARLIEST) && date.isBefore(LATEST));
  }

  /** Many programs name the answered message only as the last of the references. */
  private Optional<InternetMessageId> answered() {
    return id("In-Reply-To").or(() -> ids("References").reduce((_, last) -> last));
  }

  private Optional<InternetMessageId> id(String field) {
    return ids(field).findFirst();
  }

  private Stream<InternetMessageId> ids(String field) {
    Matcher matcher = ID.matcher(text(field).orElse(""));
    return matcher
        .results()
        .flatMap(found -> attempt(() -> new InternetMessageId(found.group())).stream());
  }

  private List<Mailbox> mailboxes(String field) {
    return Optional.ofNullable(headers.getHeader(field, ",")).stream()
        .flatMap(MailHeaderReader::addresses)
        .flatMap(address -> mailbox(address).stream())
        .toList();
  }

  private static Stream<InternetAddress> addresses(String list) {
    try {
      return Stream.of(InternetAddress.parseHeader(list, false))
          .flatMap(MailHeaderReader::outOfGroup);
    } catch (AddressException unreadable) {
      return Stream.empty();
    }
  }

  private static Stream<InternetAddress> outOfGroup(InternetAddress address) {
    try {
      return address.isGroup() ? Stream.of(address.getGroup(false)) : Stream.of(address);
    } catch (AddressException unreadable) {
      return Stream.empty();
    }
  }

  private static Optional<Mailbox> mailbox(InternetAddress address) {
    Optional<String> name =
        Optional.ofNullable(address.getPersonal())
            .map(MailHeaderReader::onOneLine)
            .map(text -> cut(text, LONGEST_NAME));
    return Optional.ofNullable(address.getAddress())
        .flatMap(text -> attempt(() -> EmailAddress.parse(text)))
        .flatMap(known -> attempt(() -> new Mailbox(name, known)));
  }

  private Optional<String> text(String field) {
    return Optional.ofNullable(headers.getHeader(field, null));
  }

  private static String decoded(String text) {
    String unfolded = MimeUtility.unfold(text);
    try {
      return onOneLine(MimeUtility.decodeText(unfolded));
    } catch (UnsupportedEncodingException e) {
      return onOneLine(unfolded);
    }
  }

  private static String onOneLine(String text) {
    return NOT_FOR_A_LINE.matcher(text).replaceAll(" ").strip();
  }

  /** The beginning of a text, without half of a character at its end. */
  private static String cut(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
    return text.substring(0, end);
  }

  private static <T> Optional<T> attempt(Supplier<T> reading) {
    try {
      return Optional.of(reading.get());
    } catch (IllegalArgumentException unfit) {
      return Optional.empty();
    }
  }
}
