package io.leverans.application.service;

import io.leverans.application.port.in.CorrectReport;
import io.leverans.application.port.out.Reports;
import io.leverans.application.port.out.Reports.Correcting;
import io.leverans.application.view.Caller;
import io.leverans.application.view.ReportView;
import io.leverans.domain.bounce.Correction;
import io.leverans.domain.bounce.ReportId;
import java.util.Optional;

/** Lets a person's reading of a report take the place of ours. */
public final class CorrectReportService implements CorrectReport {
  private final Reports reports;

  public CorrectReportService(Reports reports) {
    this.reports = reports;
  }

  @Override
  public Result correct(Caller caller, ReportId report, Correction correction) {
    Correcting correcting = reports.correct(caller, report, correction);
    Optional<ReportView> after = reports.find(caller, report);
    return switch (correcting) {
      case CORRECTED ->
          after.<Result>map(Result.Corrected::new).orElseGet(Result.UnknownReport::new);
      case NOT_LINKED ->
          after.<Result>map(Result.NotLinked::new).orElseGet(Result.UnknownReport::new);
      case UNKNOWN -> new Result.UnknownReport();
    };
  }
}
