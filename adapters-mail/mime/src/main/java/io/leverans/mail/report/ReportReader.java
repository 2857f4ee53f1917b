package io.leverans.mail.report;

import io.leverans.domain.bounce.ReportKind;
import io.leverans.domain.bounce.Statement;
import io.leverans.domain.bounce.Statement.Action;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.Failure;
import io.leverans.mail.reply.ReplyClassifier;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads mail that came back: delivery status notifications (RFC 3464, RFC 6533), complaints (RFC
 * 5965) and automatic answers (RFC 3834). Pure: no clock, no network, and an answer for any bytes
 * at all, of which the first mebibyte is looked at. Safe for use by many threads.
 */
public final class ReportReader {
  private static final int MOST_OCTETS = 1024 * 1024;
  private static final List<String> DELIVERY_STATUS =
      List.of("message/delivery-status", "message/global-delivery-status");
  private static final List<String> FEEDBACK = List.of("message/feedback-report");
  private static final List<String> RECEIPT =
      List.of("message/disposition-notification", "message/global-disposition-notification");
  private static final List<String> ORIGINAL =
      List.of("message/rfc822", "message/global", "text/rfc822-headers", "message/global-headers");
  private static final Set<String> COMPLAINTS =
      Set.of("abuse", "fraud", "virus", "complaint", "opt-out", "opt-out-list");
  private static final List<String> ANSWERING_MACHINE =
      List.of("X-Autoreply", "X-Autorespond", "X-Auto-Reply", "X-Autoresponder");
  private static final Pattern MACHINE_SENDER =
      Pattern.compile("(?:mailer-daemon|postmaster)@", Pattern.CASE_INSENSITIVE);
  private static final Pattern MESSAGE_ID = Pattern.compile("<[^\\s<>]{1,800}>");

  private final DeliveryStatusReader deliveryStatus =
      new DeliveryStatusReader(new ReplyClassifier());

  /** Reads one mail; what cannot be read is {@link ReportKind#OTHER}, never an exception. */
  public ReadReport read(byte[] raw) {
    byte[] octets = raw.length > MOST_OCTETS ? Arrays.copyOf(raw, MOST_OCTETS) : raw;
    MailParts mail = MailParts.of(octets);
    Optional<FieldBlock> original = original(mail);
    Optional<MailParts.Part> status = mail.own(DELIVERY_STATUS);
    Optional<FieldBlock> complaint = complaint(mail);
    ReportKind kind = kind(mail, status, complaint);
    List<Statement> statements =
        switch (kind) {
          case DELIVERY_STATUS ->
              status.map(part -> deliveryStatus.statements(part.text())).orElse(List.of());
          case COMPLAINT -> complaint.map(ReportReader::complaintStatement).stream().toList();
          case AUTO_REPLY, CHALLENGE, OTHER -> List.of();
        };
    return new ReadReport(
        kind,
        mail.header().first("Subject").map(Texts::shown),
        statements,
        originalMessageId(mail, original),
        tokens(octets, mail),
        original.flatMap(header -> header.first("Return-Path")).map(ReportReader::withoutBrackets),
        complaint
            .flatMap(fields -> fields.first("Feedback-Type"))
            .map(type -> type.strip().toLowerCase(Locale.ROOT)));
  }

  private static ReportKind kind(
      MailParts mail, Optional<MailParts.Part> status, Optional<FieldBlock> complaint) {
    if (status.isPresent()) {
      return ReportKind.DELIVERY_STATUS;
    }
    if (complaint.isPresent()) {
      return ReportKind.COMPLAINT;
    }
    return isAutoReply(mail) ? ReportKind.AUTO_REPLY : ReportKind.OTHER;
  }

  /**
   * What a recipient's server says of a complaint, unless it is of another sort (RFC 5965 §7.3).
   */
  private static Optional<FieldBlock> complaint(MailParts mail) {
    return mail.own(FEEDBACK)
        .flatMap(part -> FieldBlock.blocksOf(part.text()).stream().findFirst())
        .filter(
            fields ->
                fields
                    .first("Feedback-Type")
                    .map(type -> COMPLAINTS.contains(type.toLowerCase(Locale.ROOT)))
                    .orElse(false));
  }

  private static Statement complaintStatement(FieldBlock fields) {
    List<String> recipients =
        fields.fields().stream()
            .filter(field -> field.name().equalsIgnoreCase("Original-Rcpt-To"))
            .flatMap(field -> RecipientAddress.formsOf(field.value()).stream())
            .distinct()
            .toList();
    String words = "Feedback-Type: " + fields.first("Feedback-Type").orElse("");
    Optional<String> reporter =
        fields
            .first("Reporting-MTA")
            .flatMap(DeliveryStatusReader::host)
            .or(() -> fields.first("User-Agent").map(Texts::shown));
    return new Statement(
        recipients,
        Action.FAILED,
        new Failure(Cause.MARKED_AS_SPAM, words, Optional.empty(), reporter));
  }

  /** Programs that bounce mail also call themselves automatic, so they are told apart by name. */
  private static boolean isAutoReply(MailParts mail) {
    FieldBlock header = mail.header();
    boolean machine =
        header.first("From").map(from -> MACHINE_SENDER.matcher(from).find()).orElse(false);
    if (machine || mail.own(RECEIPT).isPresent()) {
      return false;
    }
    return startsWith(header.first("Auto-Submitted"), "auto-replied")
        || startsWith(header.first("Precedence"), "auto_reply")
        || ANSWERING_MACHINE.stream().anyMatch(header::has);
  }

  private static boolean startsWith(Optional<String> value, String word) {
    return value.map(text -> text.toLowerCase(Locale.ROOT).startsWith(word)).orElse(false);
  }

  /** The header of the mail that is reported on: the first that is attached. */
  private static Optional<FieldBlock> original(MailParts mail) {
    return mail.own(ORIGINAL)
        .flatMap(
            part ->
                part.text().isEmpty()
                    ? Optional.of(part.header())
                    : FieldBlock.blocksOf(part.text()).stream().findFirst());
  }

  private static Optional<String> originalMessageId(MailParts mail, Optional<FieldBlock> original) {
    return Stream.of(
            original.flatMap(header -> header.first("Message-ID")),
            mail.header().first("In-Reply-To"),
            mail.header().first("References"))
        .flatMap(Optional::stream)
        .flatMap(value -> MESSAGE_ID.matcher(value).results().map(match -> match.group()).limit(1))
        .findFirst();
  }

  private static List<String> tokens(byte[] octets, MailParts mail) {
    Tokens tokens = new Tokens();
    tokens.lookInto(Texts.latin1(octets));
    mail.parts().forEach(part -> tokens.lookInto(part.text()));
    return tokens.all();
  }

  private static String withoutBrackets(String path) {
    String text = Texts.shown(path);
    return text.startsWith("<") && text.endsWith(">") ? text.substring(1, text.length() - 1) : text;
  }
}
