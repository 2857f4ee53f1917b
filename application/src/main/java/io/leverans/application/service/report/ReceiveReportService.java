package io.leverans.application.service.report;

import io.leverans.application.port.out.Ids;
import io.leverans.application.port.out.Reports;
import io.leverans.application.port.out.Reports.Entry;
import io.leverans.application.port.out.Reports.Finding;
import io.leverans.application.port.out.Reports.Target;
import io.leverans.domain.bounce.IncomingReport;
import io.leverans.domain.bounce.Link;
import io.leverans.domain.bounce.LinkedBy;
import io.leverans.domain.bounce.ReportId;
import io.leverans.domain.bounce.ReportInbox;
import io.leverans.domain.bounce.ReportVerdict;
import io.leverans.domain.bounce.Unapplied;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.team.TeamId;
import java.util.List;

/** Keeps every report, and lets the linked ones speak. It writes mail to nobody. */
public final class ReceiveReportService implements ReportInbox {
  private final Reports reports;
  private final Ids ids;
  private final AppliedWords words;
  private final MailboxLinks mailboxLinks;

  public ReceiveReportService(Reports reports, Ids ids, AppliedWords words) {
    this.reports = reports;
    this.ids = ids;
    this.words = words;
    this.mailboxLinks = new MailboxLinks(reports);
  }

  @Override
  public Receipt receive(IncomingReport report) {
    List<Entry> entries =
        findings(report).stream()
            .map(finding -> new Entry(new ReportId(ids.next()), finding))
            .toList();
    List<ReportId> applied = reports.store(report, entries);
    entries.stream().filter(entry -> applied.contains(entry.id())).forEach(this::tell);
    return Receipt.STORED;
  }

  private void tell(Entry entry) {
    if (entry.finding() instanceof Finding.Linked linked) {
      words.applied(linked);
    }
  }

  private List<Finding> findings(IncomingReport report) {
    return report.hints().loop().isPresent()
        ? List.of(new Finding.Loose(Unapplied.LOOP))
        : report
            .readIn()
            .map(place -> mailboxLinks.findings(report, place))
            .orElseGet(() -> List.of(byToken(report)));
  }

  private Finding byToken(IncomingReport report) {
    return switch (report.link()) {
      case Link.Genuine(TeamId team, DeliveryId delivery) ->
          reports
              .target(team, delivery)
              .map(target -> heard(report, target))
              .orElseGet(() -> new Finding.Loose(Unapplied.UNKNOWN_DELIVERY));
      case Link.Expired(TeamId team, DeliveryId delivery) ->
          reports
              .target(team, delivery)
              .<Finding>map(_ -> new Finding.Refused(team, delivery, Unapplied.EXPIRED))
              .orElseGet(() -> new Finding.Loose(Unapplied.UNKNOWN_DELIVERY));
      case Link.None _ -> new Finding.Loose(Unapplied.NO_TOKEN);
    };
  }

  /** What a report with a delivery's own token says of it. */
  static Finding heard(IncomingReport report, Target target) {
    ReportVerdict verdict =
        ReportVerdict.of(report.kind(), report.statements(), target.recipient());
    return verdict instanceof ReportVerdict.OfSomebodyElse
        ? new Finding.Refused(target.team(), target.delivery(), Unapplied.OTHER_RECIPIENT)
        : new Finding.Linked(target.team(), target.delivery(), LinkedBy.TOKEN, verdict);
  }
}
