package io.leverans.application.service.report;

import io.leverans.application.port.in.DismissReport;
import io.leverans.application.port.out.Reports;
import io.leverans.application.view.Caller;
import io.leverans.application.view.ReportView;
import io.leverans.domain.bounce.ReportId;
import java.util.function.Function;

/** Takes out of the tray what a person says nobody has to deal with. */
public final class DismissReportService implements DismissReport {
  private final Reports reports;

  public DismissReportService(Reports reports) {
    this.reports = reports;
  }

  @Override
  public Result dismiss(Caller caller, ReportId report) {
    return switch (reports.dismiss(caller, report)) {
      case DISMISSED -> after(caller, report, Result.Dismissed::new);
      case LINKED -> after(caller, report, Result.Linked::new);
      case UNKNOWN -> new Result.UnknownReport();
    };
  }

  private Result after(Caller caller, ReportId report, Function<ReportView, Result> result) {
    return reports.find(caller, report).map(result).orElseGet(Result.UnknownReport::new);
  }
}
