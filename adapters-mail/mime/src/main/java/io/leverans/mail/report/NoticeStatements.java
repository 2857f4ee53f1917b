package io.leverans.mail.report;

import io.leverans.domain.bounce.Statement;
import io.leverans.domain.bounce.Statement.Action;
import io.leverans.mail.report.KindRules.Sign;
import io.leverans.mail.report.NoticeReader.Findings;
import io.leverans.mail.report.Statements.Told;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Makes statements of what a notice in a program's own words says. */
final class NoticeStatements {
  private static final int MOST_RECIPIENTS = 200;

  private final Statements statements;

  NoticeStatements(Statements statements) {
    this.statements = statements;
  }

  List<Statement> of(
      FieldBlock header,
      Notice notice,
      Findings findings,
      Optional<FieldBlock> original,
      Set<Sign> signs) {
    boolean late = signs.contains(Sign.DELAY) && !signs.contains(Sign.FINAL);
    Action action = late ? Action.DELAYED : Action.FAILED;
    String whole = notice.text();
    List<Section> sections = sections(header, whole, findings, original);
    String shared = sections.size() == 1 ? whole : "";
    return sections.stream().map(section -> statement(section, whole, shared, action)).toList();
  }

  /** Those that the header lists; else those the notice names; else to whom the original went. */
  private static List<Section> sections(
      FieldBlock header, String notice, Findings findings, Optional<FieldBlock> original) {
    List<String> listed = addresses(header.first("X-Failed-Recipients"));
    if (!listed.isEmpty()) {
      return listed.stream().map(address -> sectionOf(address, findings, notice)).toList();
    }
    List<Section> others = withoutAddressee(header, findings.sections());
    if (!others.isEmpty()) {
      return others;
    }
    List<String> recipients = addresses(original.flatMap(found -> found.first("To")));
    return recipients.isEmpty()
        ? List.of(new Section("", notice))
        : recipients.stream().map(address -> new Section(address, notice)).toList();
  }

  private static Section sectionOf(String address, Findings findings, String notice) {
    return findings.sections().stream()
        .filter(section -> section.recipient().equalsIgnoreCase(address))
        .findFirst()
        .orElseGet(() -> new Section(address, notice));
  }

  /** Whom the notice was sent to is seldom whom the mail did not reach. */
  private static List<Section> withoutAddressee(FieldBlock header, List<Section> sections) {
    List<String> addressees = addresses(header.first("To"));
    List<Section> others =
        sections.stream()
            .filter(section -> addressees.stream().noneMatch(section.recipient()::equalsIgnoreCase))
            .toList();
    return others.isEmpty() ? sections : others;
  }

  private static List<String> addresses(Optional<String> field) {
    return field.stream()
        .flatMap(value -> Arrays.stream(value.split(",", MOST_RECIPIENTS)))
        .flatMap(value -> RecipientAddress.formsOf(value).stream().limit(1))
        .toList();
  }

  /** Where nothing is said of the recipient alone, what the notice says is said of it. */
  private Statement statement(Section section, String notice, String shared, Action action) {
    Section whole = new Section(section.recipient(), notice);
    Section told = section.says() && (section.quotes() || !whole.quotes()) ? section : whole;
    return statements.of(
        new Told(
            Stream.of(section.recipient()).filter(name -> !name.isEmpty()).toList(),
            action,
            told.status(),
            told.quote(),
            List.of(section.says() ? section.text() : whole.text(), shared),
            told.remoteHost()));
  }
}
