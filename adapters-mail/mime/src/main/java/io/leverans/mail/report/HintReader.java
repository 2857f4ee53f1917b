package io.leverans.mail.report;

import io.leverans.domain.bounce.Hints;
import io.leverans.domain.bounce.Hints.Loop;
import io.leverans.domain.bounce.ReportKind;
import io.leverans.domain.bounce.Statement;
import io.leverans.mail.mime.Marking;
import jakarta.mail.internet.MailDateFormat;
import java.text.ParseException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads what a report tells of the mail that it is about, and whether it goes round in circles. */
final class HintReader {
  /** More than any mail server lets a mail pass (RFC 5321 §6.3). */
  private static final int MOST_HOPS = 50;

  private static final int LONGEST = 1000;
  private static final Pattern XTEXT = Pattern.compile("\\+([0-9A-F]{2})");
  private static final Pattern NULL_PATH = Pattern.compile("\\s*<\\s*>\\s*");

  private final MailParts mail;
  private final Optional<FieldBlock> status;
  private final Optional<FieldBlock> original;

  /**
   * Of a mail.
   *
   * @param status the fields of its delivery status, of all recipients
   * @param original the header of the mail that it is about
   */
  HintReader(MailParts mail, Optional<FieldBlock> status, Optional<FieldBlock> original) {
    this.mail = mail;
    this.status = status;
    this.original = original;
  }

  Hints read(ReportKind kind, List<Statement> statements, Optional<String> messageId) {
    return new Hints(messageId, envelopeId(), recipients(kind, statements), originalTime(), loop());
  }

  private Optional<String> envelopeId() {
    return status
        .flatMap(fields -> fields.first("Original-Envelope-Id"))
        .filter(id -> !id.isBlank() && id.length() <= LONGEST)
        .map(
            id ->
                XTEXT
                    .matcher(id)
                    .replaceAll(
                        match ->
                            Matcher.quoteReplacement(
                                Character.toString(Integer.parseInt(match.group(1), 16)))));
  }

  private List<String> recipients(ReportKind kind, List<Statement> statements) {
    Stream<String> named = statements.stream().map(Statement::recipients).flatMap(List::stream);
    Stream<String> answering =
        switch (kind) {
          case AUTO_REPLY, CHALLENGE ->
              mail.header().first("From").map(RecipientAddress::formsOf).stream()
                  .flatMap(List::stream);
          case DELIVERY_STATUS, COMPLAINT, OTHER -> Stream.empty();
        };
    return Stream.concat(named, answering).distinct().toList();
  }

  private Optional<Instant> originalTime() {
    return status
        .flatMap(fields -> fields.first("Arrival-Date"))
        .or(() -> original.flatMap(header -> header.first("Date")))
        .flatMap(HintReader::time);
  }

  private static Optional<Instant> time(String value) {
    try {
      return Optional.of(new MailDateFormat().parse(value).toInstant());
    } catch (ParseException _) {
      return Optional.empty();
    }
  }

  private Optional<Loop> loop() {
    if (mail.header().has(Marking.HEADER)) {
      return Optional.of(Loop.OWN_MAIL);
    }
    long hops =
        mail.header().fields().stream()
            .filter(field -> field.name().equalsIgnoreCase("Received"))
            .count();
    if (hops > MOST_HOPS) {
      return Optional.of(Loop.TOO_MANY_HOPS);
    }
    return isOfAProgram() && original.filter(HintReader::isForeignReport).isPresent()
        ? Optional.of(Loop.REPORT_ON_A_REPORT)
        : Optional.empty();
  }

  /** And not passed on by a person. */
  private boolean isOfAProgram() {
    return status.isPresent()
        || mail.header()
            .first("Auto-Submitted")
            .filter(value -> !value.strip().equalsIgnoreCase("no"))
            .isPresent();
  }

  private static boolean isForeignReport(FieldBlock header) {
    boolean isReport =
        header
            .first("Content-Type")
            .filter(type -> type.toLowerCase(Locale.ROOT).startsWith("multipart/report"))
            .isPresent();
    boolean isOfNobody =
        header.first("Return-Path").filter(path -> NULL_PATH.matcher(path).matches()).isPresent();
    return !header.has(Marking.HEADER) && (isReport || isOfNobody);
  }
}
