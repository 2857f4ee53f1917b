package io.leverans.mail.report;

import io.leverans.domain.bounce.Statement;
import io.leverans.domain.bounce.Statement.Action;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.Failure;
import io.leverans.mail.reply.ReplyClassifier;
import io.leverans.mail.reply.ReplyClassifier.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads what a delivery status notification says of each recipient (RFC 3464 §2). */
final class DeliveryStatusReader {
  private static final List<String> RECIPIENT_FIELDS =
      List.of("Original-Recipient", "Final-Recipient", "X-Actual-Recipient");
  private static final Pattern TYPE = Pattern.compile("^\\s*[A-Za-z0-9-]{1,20}\\s*;\\s*");
  private static final Pattern HOST = Pattern.compile("^[\\p{L}\\p{M}\\p{Nd}\\[\\]:._-]{1,255}");
  private static final Pattern WHITE_SPACE = Pattern.compile("\\s+");

  private final ReplyClassifier classifier;

  DeliveryStatusReader(ReplyClassifier classifier) {
    this.classifier = classifier;
  }

  List<Statement> statements(String text) {
    List<FieldBlock> blocks = FieldBlock.blocksOf(text);
    Optional<String> reporter =
        blocks.stream()
            .flatMap(block -> block.first("Reporting-MTA").stream())
            .findFirst()
            .flatMap(DeliveryStatusReader::host);
    List<Statement> statements = new ArrayList<>();
    for (FieldBlock block : blocks) {
      if (RECIPIENT_FIELDS.stream().anyMatch(block::has) || block.has("Action")) {
        statement(block, reporter).ifPresent(statements::add);
      }
    }
    return statements;
  }

  private Optional<Statement> statement(FieldBlock block, Optional<String> reporter) {
    String diagnostic =
        block
            .first("Diagnostic-Code")
            .map(value -> TYPE.matcher(value).replaceFirst(""))
            .map(value -> WHITE_SPACE.matcher(value).replaceAll(" ").strip())
            .orElse("");
    Optional<String> status = status(block.first("Status"), diagnostic);
    return action(block.first("Action"), status)
        .map(
            action ->
                new Statement(
                    recipients(block),
                    action,
                    failure(block, action, diagnostic, status, reporter)));
  }

  private Failure failure(
      FieldBlock block,
      Action action,
      String diagnostic,
      Optional<String> status,
      Optional<String> reporter) {
    String words =
        diagnostic.isEmpty() ? block.first("Status").orElse(action.toString()) : diagnostic;
    Cause cause =
        switch (action) {
          case FAILED, DELAYED -> classifier.causeOf(0, status, words, Phase.RCPT);
          case DELIVERED, RELAYED, EXPANDED -> Cause.UNDETERMINED;
        };
    Optional<String> host =
        block.first("Remote-MTA").flatMap(DeliveryStatusReader::host).or(() -> reporter);
    return new Failure(cause, words, status, host);
  }

  /** The status field's, unless it is too general and the diagnostic tells more. */
  private static Optional<String> status(Optional<String> field, String diagnostic) {
    Optional<String> declared = field.flatMap(ReplyClassifier::enhancedStatusIn);
    Optional<String> told = ReplyClassifier.enhancedStatusIn(diagnostic);
    boolean general = declared.map(status -> status.endsWith(".0.0")).orElse(true);
    return general ? told.or(() -> declared) : declared;
  }

  /** The action named; else the one that the status's class implies. */
  private static Optional<Action> action(Optional<String> field, Optional<String> status) {
    String word = field.orElse("").strip().toLowerCase(Locale.ROOT);
    Optional<Action> named =
        Stream.of(Action.values())
            .filter(action -> word.startsWith(action.name().toLowerCase(Locale.ROOT)))
            .findFirst();
    return named.or(
        () ->
            status.map(
                code ->
                    switch (code.charAt(0)) {
                      case '2' -> Action.DELIVERED;
                      case '4' -> Action.DELAYED;
                      default -> Action.FAILED;
                    }));
  }

  private static List<String> recipients(FieldBlock block) {
    return RECIPIENT_FIELDS.stream()
        .flatMap(name -> block.first(name).stream())
        .flatMap(value -> RecipientAddress.formsOf(value).stream())
        .distinct()
        .toList();
  }

  /** The name in a field such as {@code dns; mx.example.org}. */
  static Optional<String> host(String field) {
    return HOST.matcher(TYPE.matcher(field).replaceFirst(""))
        .results()
        .map(match -> match.group().replaceFirst("\\.$", ""))
        .filter(name -> !name.isEmpty())
        .findFirst();
  }
}
