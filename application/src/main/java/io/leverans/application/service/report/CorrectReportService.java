package io.leverans.application.service.report;

import io.leverans.application.port.in.CorrectReport;
import io.leverans.application.port.out.Reports;
import io.leverans.application.view.Caller;
import io.leverans.application.view.ReportView;
import io.leverans.domain.bounce.Correction;
import io.leverans.domain.bounce.ReportId;
import java.util.function.Function;

/** Lets a person's reading of a report take the place of ours. */
public final class CorrectReportService implements CorrectReport {
  private final Reports reports;

  public CorrectReportService(Reports reports) {
    this.reports = reports;
  }

  @Override
  public Result correct(Caller caller, ReportId report, Correction correction) {
    return switch (reports.correct(caller, report, correction)) {
      case CORRECTED -> after(caller, report, Result.Corrected::new);
      case NOT_LINKED -> after(caller, report, Result.NotLinked::new);
      case UNKNOWN -> new Result.UnknownReport();
    };
  }

  private Result after(Caller caller, ReportId report, Function<ReportView, Result> result) {
    return reports.find(caller, report).map(result).orElseGet(Result.UnknownReport::new);
  }
}
