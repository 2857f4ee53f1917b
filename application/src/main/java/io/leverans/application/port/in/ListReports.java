package io.leverans.application.port.in;

import io.leverans.application.view.Caller;
import io.leverans.application.view.Page;
import io.leverans.application.view.ReportView;
import io.leverans.domain.bounce.ReportId;
import java.util.Optional;

/**
 * Lists reports, newest first: those linked to the team's mail; for an admin of the operator's
 * team, team 1, also those linked to nobody's.
 */
@FunctionalInterface
public interface ListReports {
  /**
   * Lists a page.
   *
   * @param limit at most so many, from 1
   * @param before only reports older than this one
   */
  Page<ReportView, ReportId> list(Caller caller, int limit, Optional<ReportId> before);
}
