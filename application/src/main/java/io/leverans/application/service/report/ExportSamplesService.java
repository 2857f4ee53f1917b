package io.leverans.application.service.report;

import io.leverans.application.port.in.ExportSamples;
import io.leverans.application.port.out.Reports;
import io.leverans.application.view.Caller;
import io.leverans.domain.bounce.ReportId;
import java.util.Optional;

/** Gives the operator what was read wrongly, to mend the rules by. */
public final class ExportSamplesService implements ExportSamples {
  private final Reports reports;

  public ExportSamplesService(Reports reports) {
    this.reports = reports;
  }

  @Override
  public Result export(Caller caller, int limit, Optional<ReportId> after) {
    return switch (caller.reach()) {
      case PLATFORM -> new Result.Exported(reports.samples(limit, after));
      case OWN, TEAM -> new Result.OperatorsOnly();
    };
  }
}
