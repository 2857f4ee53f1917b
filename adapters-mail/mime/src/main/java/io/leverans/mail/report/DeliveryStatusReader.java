package io.leverans.mail.report;

import io.leverans.domain.bounce.Statement;
import io.leverans.domain.bounce.Statement.Action;
import io.leverans.mail.reply.ServerReply;
import io.leverans.mail.report.KindRules.Sign;
import io.leverans.mail.report.Statements.Told;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads what a delivery status notification says of each recipient (RFC 3464 §2). */
final class DeliveryStatusReader {
  /** Recipients of one report, beyond which what is said of each is read in brief. */
  private static final int MANY = 30;

  private static final List<String> RECIPIENT_FIELDS =
      List.of("Final-Recipient", "Original-Recipient", "X-Actual-Recipient");
  private static final Map<String, Action> ACTIONS =
      Map.of(
          "fail", Action.FAILED,
          "expire", Action.FAILED,
          "delay", Action.DELAYED,
          "deferred", Action.DELAYED,
          "deliver", Action.DELIVERED,
          "relay", Action.RELAYED,
          "expand", Action.EXPANDED);
  private static final Pattern FIELD_OF_RECIPIENT =
      Pattern.compile(
          "^[ \\t]*(?:final|original)-recipient[ \\t]*:",
          Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);
  private static final Pattern HOST = Pattern.compile("^[\\p{L}\\p{M}\\p{Nd}\\[\\]:._-]{1,255}");
  private static final Pattern WHITE_SPACE = Pattern.compile("\\s+");

  private final Statements statements;

  DeliveryStatusReader(Statements statements) {
    this.statements = statements;
  }

  /** Whether a text has fields of recipients, as where a program took the parts of a mail apart. */
  static boolean hasFields(String text) {
    return FIELD_OF_RECIPIENT.matcher(text).find();
  }

  /**
   * @param text the fields, and whatever else stands between them
   * @param sections what the notice for people says of each recipient
   * @param notice the whole of it
   */
  List<Statement> read(String text, List<Section> sections, String notice) {
    List<FieldBlock> blocks = FieldBlock.blocksOf(text);
    Optional<String> reporter =
        blocks.stream()
            .flatMap(block -> block.first("Reporting-MTA").stream())
            .findFirst()
            .flatMap(DeliveryStatusReader::host);
    List<FieldBlock> ofRecipients = ofRecipients(blocks);
    String shared = ofRecipients.size() == 1 && sections.size() <= 1 ? notice : "";
    List<Section> told =
        ofRecipients.size() > MANY ? sections.stream().map(Section::inBrief).toList() : sections;
    return ofRecipients.stream()
        .flatMap(block -> statement(block, reporter, told, shared).stream())
        .toList();
  }

  private static boolean namesRecipient(FieldBlock block) {
    return RECIPIENT_FIELDS.stream().anyMatch(block::has);
  }

  /** Those that name one; where none does, those that tell at least what was done. */
  private static List<FieldBlock> ofRecipients(List<FieldBlock> blocks) {
    List<FieldBlock> naming = blocks.stream().filter(DeliveryStatusReader::namesRecipient).toList();
    return naming.isEmpty()
        ? blocks.stream().filter(block -> block.has("Action")).toList()
        : naming;
  }

  private Optional<Statement> statement(
      FieldBlock block, Optional<String> reporter, List<Section> sections, String notice) {
    List<String> recipients = recipients(block);
    Optional<Section> section = sectionOf(recipients, sections);
    String diagnostic =
        block
            .first("Diagnostic-Code")
            .map(FieldBlock::withoutType)
            .map(value -> WHITE_SPACE.matcher(value).replaceAll(" ").strip())
            .orElse("");
    Optional<String> status = status(block.first("Status"), diagnostic, section);
    return action(block.first("Action"), status)
        .map(action -> isFinal(section) ? Action.FAILED : action)
        .map(
            action ->
                statements.of(
                    new Told(
                        recipients.isEmpty() ? recipientOf(sections) : recipients,
                        action,
                        status,
                        diagnostic.isEmpty() ? section.map(Section::quote).orElse("") : diagnostic,
                        List.of(section.map(Section::text).orElse(""), notice),
                        block
                            .first("Remote-MTA")
                            .flatMap(DeliveryStatusReader::host)
                            .or(() -> reporter))));
  }

  /** Where the fields name a program or a file, the notice may name the address. */
  private static List<String> recipientOf(List<Section> sections) {
    return sections.size() == 1 ? List.of(sections.getFirst().recipient()) : List.of();
  }

  private static boolean isFinal(Optional<Section> section) {
    return section.map(told -> KindRules.says(Sign.FINAL, told.text())).orElse(false);
  }

  private static Optional<Section> sectionOf(List<String> recipients, List<Section> sections) {
    return sections.stream()
        .filter(section -> recipients.stream().anyMatch(section.recipient()::equalsIgnoreCase))
        .findFirst();
  }

  /** The status field's, unless it is too general and the diagnostic tells more. */
  private static Optional<String> status(
      Optional<String> field, String diagnostic, Optional<Section> section) {
    Optional<String> declared = field.flatMap(ServerReply::statusIn);
    boolean general = declared.map(ServerReply::isGeneral).orElse(true);
    return general
        ? ServerReply.statusIn(diagnostic)
            .or(() -> section.flatMap(Section::status))
            .or(() -> declared)
        : declared;
  }

  /** The action named; else the one that the status's class implies. */
  private static Optional<Action> action(Optional<String> field, Optional<String> status) {
    String word = field.orElse("").strip().toLowerCase(Locale.ROOT);
    Optional<Action> named =
        ACTIONS.entrySet().stream()
            .filter(entry -> word.startsWith(entry.getKey()))
            .map(Map.Entry::getValue)
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
    return HOST.matcher(FieldBlock.withoutType(field))
        .results()
        .map(match -> match.group().replaceFirst("\\.$", ""))
        .filter(name -> !name.isEmpty())
        .findFirst();
  }
}
