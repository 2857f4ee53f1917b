package io.leverans.application.service;

import io.leverans.application.port.out.Ids;
import io.leverans.application.port.out.Reports;
import io.leverans.domain.bounce.IncomingReport;
import io.leverans.domain.bounce.Link;
import io.leverans.domain.bounce.ReportId;
import io.leverans.domain.bounce.ReportInbox;
import io.leverans.domain.bounce.ReportVerdict;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.team.TeamId;

/** Keeps every report, and lets the linked ones speak. */
public final class ReceiveReportService implements ReportInbox {
  private final Reports reports;
  private final Ids ids;

  public ReceiveReportService(Reports reports, Ids ids) {
    this.reports = reports;
    this.ids = ids;
  }

  @Override
  public Receipt receive(IncomingReport report) {
    reports.store(new ReportId(ids.next()), report, verdict(report));
    return Receipt.STORED;
  }

  private ReportVerdict verdict(IncomingReport report) {
    return switch (report.link()) {
      case Link.Genuine(TeamId team, DeliveryId delivery) ->
          reports
              .recipientOf(team, delivery)
              .map(recipient -> ReportVerdict.of(report.kind(), report.statements(), recipient))
              .orElseGet(ReportVerdict.SaysNothing::new);
      case Link.Expired _, Link.None _ -> new ReportVerdict.SaysNothing();
    };
  }
}
