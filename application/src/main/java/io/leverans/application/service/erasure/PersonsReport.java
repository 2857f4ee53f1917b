package io.leverans.application.service.erasure;

import io.leverans.application.port.out.DomainNames;
import io.leverans.application.view.ReportView;
import io.leverans.domain.bounce.Statement;
import io.leverans.domain.identity.EmailAddress;
import java.util.List;

/**
 * A report as one whom it is about may see it. What it says without naming anybody is taken to be
 * about that one.
 *
 * @param about what it says of the person
 * @param others whom it is about as well
 */
record PersonsReport(ReportView report, List<Statement> about, OtherRecipients others) {
  PersonsReport {
    about = List.copyOf(about);
  }

  static PersonsReport of(ReportView report, EmailAddress person, DomainNames names) {
    return new PersonsReport(
        report,
        report.statements().stream().filter(said -> !isAboutAnother(said, person)).toList(),
        OtherRecipients.of(
            report.statements().stream()
                .filter(said -> isAboutAnother(said, person))
                .flatMap(said -> said.recipients().stream())
                .toList(),
            names));
  }

  private static boolean isAboutAnother(Statement said, EmailAddress person) {
    return !said.recipients().isEmpty()
        && said.recipients().stream().noneMatch(person.toString()::equalsIgnoreCase);
  }

  /** Whether its mail is about others, too. */
  boolean namesOthers() {
    return about.size() < report.statements().size();
  }

  /** Without what it says of others. */
  ReportView alone() {
    return new ReportView(
        report.id(),
        report.receivedAt(),
        report.envelopeRecipient(),
        report.kind(),
        others.without(report.subject()),
        report.link(),
        report.message(),
        about.stream().map(this::alone).toList(),
        report.effect(),
        report.rawPurgedAt(),
        report.handling(),
        List.of());
  }

  private Statement alone(Statement said) {
    return new Statement(said.recipients(), said.action(), others.without(said.failure()));
  }
}
