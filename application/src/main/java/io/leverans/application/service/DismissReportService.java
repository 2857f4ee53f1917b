package io.leverans.application.service;

import io.leverans.application.port.in.DismissReport;
import io.leverans.application.port.out.Reports;
import io.leverans.application.port.out.Reports.Dismissal;
import io.leverans.application.view.Caller;
import io.leverans.application.view.ReportView;
import io.leverans.domain.bounce.ReportId;
import java.util.Optional;

/** Takes out of the tray what a person says nobody has to deal with. */
public final class DismissReportService implements DismissReport {
  private final Reports reports;

  public DismissReportService(Reports reports) {
    this.reports = reports;
  }

  @Override
  public Result dismiss(Caller caller, ReportId report) {
    Dismissal dismissal = reports.dismiss(caller, report);
    Optional<ReportView> after = reports.find(caller, report);
    return switch (dismissal) {
      case DISMISSED ->
          after.<Result>map(Result.Dismissed::new).orElseGet(Result.UnknownReport::new);
      case LINKED -> after.<Result>map(Result.Linked::new).orElseGet(Result.UnknownReport::new);
      case UNKNOWN -> new Result.UnknownReport();
    };
  }
}
