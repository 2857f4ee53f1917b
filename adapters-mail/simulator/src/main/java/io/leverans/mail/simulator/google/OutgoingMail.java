package io.leverans.mail.simulator.google;

import io.leverans.mail.simulator.signin.SimulatedAccount;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.james.mime4j.dom.address.Mailbox;
import org.apache.james.mime4j.field.address.LenientAddressParser;

/** What Gmail makes of a mail that it is handed. */
final class OutgoingMail {
  static final int RECIPIENTS = 100;
  static final int BYTES = 25 * 1024 * 1024;

  private static final List<String> RECIPIENT_FIELDS = List.of("To", "Cc", "Bcc");
  private static final String FROM = "From";
  private static final String MESSAGE_ID = "Message-ID";
  private static final AtomicLong SERIALS = new AtomicLong();
  private static final DateTimeFormatter MAIL_DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ROOT);

  private final MailHeader header;
  private final List<String> recipients;

  private OutgoingMail(MailHeader header, List<String> recipients) {
    this.header = header;
    this.recipients = recipients;
  }

  /** What became of reading a mail. */
  sealed interface Reading {
    record Sendable(OutgoingMail mail) implements Reading {}

    record Refused(GoogleError why) implements Reading {}
  }

  /** Reads a mail as the account would send it. */
  static Reading read(byte[] bytes, SimulatedAccount account, Instant now) {
    if (bytes.length > BYTES) {
      return new Reading.Refused(GoogleError.tooLarge());
    }
    MailHeader header = MailHeader.of(bytes);
    Set<String> recipients = new LinkedHashSet<>();
    for (String name : RECIPIENT_FIELDS) {
      Optional<List<String>> found = addresses(header, name);
      if (found.isEmpty()) {
        return new Reading.Refused(GoogleError.invalid("Invalid " + name + " header"));
      }
      recipients.addAll(found.get());
    }
    if (recipients.isEmpty()) {
      return new Reading.Refused(GoogleError.invalid("Recipient address required"));
    }
    if (recipients.size() > RECIPIENTS) {
      return new Reading.Refused(GoogleError.invalid("Too many recipients"));
    }
    return new Reading.Sendable(
        new OutgoingMail(ofAccount(header, account, now), List.copyOf(recipients)));
  }

  /** The addresses in the fields of a name; empty if one of them is no address. */
  private static Optional<List<String>> addresses(MailHeader header, String name) {
    List<String> addresses = new ArrayList<>();
    for (MailHeader.Field field : header.fields()) {
      if (field.isNamed(name) && !field.value().isEmpty()) {
        for (Mailbox mailbox :
            LenientAddressParser.DEFAULT
                .parseAddressList(MailHeader.utf8(field.value()))
                .flatten()) {
          if (mailbox.getDomain() == null || mailbox.getLocalPart().isBlank()) {
            return Optional.empty();
          }
          addresses.add(mailbox.getAddress());
        }
      }
    }
    return Optional.of(addresses);
  }

  private static MailHeader ofAccount(MailHeader given, SimulatedAccount account, Instant now) {
    MailHeader header = given.with(FROM, from -> withAddress(from, account.address()));
    if (header.value(FROM).isEmpty()) {
      header = header.onTop(FROM, account.address());
    }
    if (header.value("Date").isEmpty()) {
      header = header.onTop("Date", date(now));
    }
    if (GoogleQuirk.NEW_MESSAGE_ID.isOf(account)) {
      Optional<String> original = header.value(MESSAGE_ID);
      header = header.without(MESSAGE_ID);
      if (original.isPresent()) {
        header = header.onTop("X-Google-Original-Message-ID", original.get());
      }
    }
    if (header.value(MESSAGE_ID).isEmpty()) {
      header = header.onTop(MESSAGE_ID, newMessageId(now));
    }
    return header.onTop(
        "Received", "from 1 named unknown by gmailapi.google.com with HTTPREST; " + date(now));
  }

  /** The value of From with the account's address; the name in front of it stays. */
  private static String withAddress(String from, String address) {
    int open = from.lastIndexOf('<');
    int close = from.lastIndexOf('>');
    String now = open < 0 || close < open ? from : from.substring(open + 1, close);
    if (now.strip().equalsIgnoreCase(address)) {
      return from;
    }
    return open < 0 || close < open
        ? address
        : from.substring(0, open) + '<' + address + from.substring(close);
  }

  private static String newMessageId(Instant now) {
    return "<CA%x.%x@mail.gmail.com>".formatted(now.toEpochMilli(), SERIALS.incrementAndGet());
  }

  private static String date(Instant time) {
    return MAIL_DATE.format(time.atOffset(ZoneOffset.UTC));
  }

  /** All that the header names, each once. */
  List<String> recipients() {
    return recipients;
  }

  /** The Message-ID as it came, or the one that it got. */
  String messageId() {
    return header.value(MESSAGE_ID).orElseThrow();
  }

  /** As it lies in the Sent folder. */
  byte[] ofSender() {
    return header.toBytes();
  }

  /** As the recipients get it, unsigned. */
  byte[] ofRecipients() {
    return header.without("Bcc").toBytes();
  }
}
