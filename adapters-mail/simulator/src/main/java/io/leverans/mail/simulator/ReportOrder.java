package io.leverans.mail.simulator;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * What a report tells and to whom.
 *
 * @param host the host that writes the report
 * @param serial tells this mail's identifiers from those of others; letters and digits
 */
record ReportOrder(ArrivedMail mail, String host, Instant now, String serial) {
  private static final DateTimeFormatter MAIL_DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ROOT);

  String recipient() {
    return mail.recipient();
  }

  String returnPath() {
    return mail.returnPath();
  }

  /** Where complaints about the sender's mail go (RFC 2142 §4). */
  String complaintAddress() {
    return "abuse@" + Domains.of(returnPath());
  }

  byte[] original() {
    return mail.bytes();
  }

  /** The recipient's domain. */
  String domain() {
    return Domains.of(recipient());
  }

  /** The recipient's mail server. */
  String remoteHost() {
    return mailServerOf(mail);
  }

  static String mailServerOf(ArrivedMail mail) {
    return "mx." + Domains.of(mail.recipient());
  }

  String subject() {
    return RawMail.header(original(), "Subject").orElse("");
  }

  String messageId() {
    return RawMail.header(original(), "Message-ID").orElse("");
  }

  String date() {
    return date(now);
  }

  String arrivalDate() {
    return date(mail.arrivedAt());
  }

  String date(Duration later) {
    return date(now.plus(later));
  }

  /** Whether the report needs the internationalised types of RFC 6533. */
  boolean international() {
    return !RawMail.isAscii(recipient().getBytes(StandardCharsets.UTF_8));
  }

  /** The address type and the address as a field of a status report carries them. */
  String typed(String address) {
    return (international() ? "utf-8; " : "rfc822; ") + address;
  }

  /** The media type of the machine-readable part. */
  String statusType() {
    return international() ? "message/global-delivery-status" : "message/delivery-status";
  }

  /** The media type of a part that holds the whole original. */
  String messageType() {
    return international() ? "message/global" : "message/rfc822";
  }

  /** The media type of a part that holds the original's header. */
  String headersType() {
    return international() ? "message/global-headers" : "text/rfc822-headers";
  }

  /** The transfer encoding that a part with the original's bytes needs. */
  String originalEncoding() {
    return RawMail.isAscii(original()) && !international() ? "7bit" : "8bit";
  }

  private static String date(Instant time) {
    return MAIL_DATE.format(time.atOffset(ZoneOffset.UTC));
  }
}
