package io.leverans.mail.report;

import io.leverans.domain.bounce.Statement;
import io.leverans.domain.bounce.Statement.Action;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.Failure;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads complaints: the abuse reporting format (RFC 5965) and what providers have in its place.
 * Anything else that comes in that format, such as a failed authentication (RFC 6591), keeps its
 * type and its own cause.
 */
final class ComplaintReader {
  private static final List<String> FEEDBACK = List.of("message/feedback-report");
  private static final String JUNK_MAIL_REPORT = "X-HmXmrOriginalRecipient";
  private static final String NOT_SPAM = "not-spam";
  private static final int MOST_RECIPIENTS = 200;
  private static final Set<String> SPAM =
      Set.of("abuse", "fraud", "complaint", "opt-out", "opt-out-list", "miscategorized", "other");
  private static final Map<String, Cause> CAUSES =
      Map.of(
          "virus", Cause.VIRUS_REJECTED,
          "auth-failure", Cause.AUTH_FAILURE,
          "dkim", Cause.AUTH_FAILURE);

  /** A complaint of one or more recipients. */
  record Complaint(String type, List<Statement> statements) {
    Complaint {
      statements = List.copyOf(statements);
    }
  }

  private ComplaintReader() {}

  /** The complaint that a mail is in its form. */
  static Optional<Complaint> inForm(MailParts mail, Optional<FieldBlock> original) {
    return mail.own(FEEDBACK)
        .flatMap(part -> FieldBlock.blocksOf(part.text()).stream().findFirst())
        .flatMap(
            fields ->
                fields
                    .first("Feedback-Type")
                    .filter(type -> !type.strip().equalsIgnoreCase(NOT_SPAM))
                    .map(type -> of(type, recipients(fields, original), reporter(fields))));
  }

  /** The complaint that a mail is by the signs that its provider gives it. */
  static Complaint bySigns(MailParts mail, Optional<FieldBlock> original) {
    boolean unsubscribes = mail.header().has("X-Apple-Unsubscribe");
    List<List<String>> recipients =
        unsubscribes
            ? mail.header().first("From").stream().map(RecipientAddress::formsOf).toList()
            : Stream.concat(
                    Stream.of(mail.header()), mail.parts().stream().map(MailParts.Part::header))
                .flatMap(header -> header.first(JUNK_MAIL_REPORT).stream())
                .map(RecipientAddress::formsOf)
                .distinct()
                .toList();
    return of(
        unsubscribes ? "opt-out" : "abuse",
        recipients.isEmpty() ? recipientOf(original) : recipients,
        Optional.empty());
  }

  static Complaint of(String type, List<List<String>> recipients, Optional<String> reporter) {
    String name = type.strip().toLowerCase(Locale.ROOT);
    Cause cause =
        SPAM.contains(name) ? Cause.MARKED_AS_SPAM : CAUSES.getOrDefault(name, Cause.UNDETERMINED);
    var failure = new Failure(cause, "Feedback-Type: " + name, Optional.empty(), reporter);
    List<Statement> statements =
        recipients.isEmpty()
            ? List.of(new Statement(List.of(), Action.FAILED, failure))
            : recipients.stream()
                .map(forms -> new Statement(forms, Action.FAILED, failure))
                .toList();
    return new Complaint(name, statements);
  }

  private static List<List<String>> recipients(FieldBlock fields, Optional<FieldBlock> original) {
    List<List<String>> named =
        fields.fields().stream()
            .filter(
                field ->
                    field.name().equalsIgnoreCase("Original-Rcpt-To")
                        || field.name().equalsIgnoreCase("Removal-Recipient"))
            .map(field -> RecipientAddress.formsOf(field.value()))
            .filter(forms -> !forms.isEmpty())
            .distinct()
            .limit(MOST_RECIPIENTS)
            .toList();
    return named.isEmpty() ? recipientOf(original) : named;
  }

  private static List<List<String>> recipientOf(Optional<FieldBlock> original) {
    return original.flatMap(header -> header.first("To")).stream()
        .map(RecipientAddress::formsOf)
        .filter(forms -> !forms.isEmpty())
        .toList();
  }

  private static Optional<String> reporter(FieldBlock fields) {
    return fields
        .first("Reporting-MTA")
        .flatMap(DeliveryStatusReader::host)
        .or(() -> fields.first("User-Agent").map(Texts::shown));
  }
}
