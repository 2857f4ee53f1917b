package io.leverans.application.port.in;

import io.leverans.application.view.Caller;
import io.leverans.application.view.Page;
import io.leverans.application.view.ReportSample;
import io.leverans.domain.bounce.ReportId;
import java.util.Optional;

/**
 * Gives the reports of all teams that were read wrongly and corrected, oldest first, to an admin of
 * the operator's team. Reports on mail of the system are left out: they may hold the link that
 * proves an address.
 */
@FunctionalInterface
public interface ExportSamples {
  /**
   * Gives a part of them.
   *
   * @param limit at most so many, from 1
   * @param after only reports that came after this one
   */
  Result export(Caller caller, int limit, Optional<ReportId> after);

  /** The answer. */
  sealed interface Result {
    record Exported(Page<ReportSample, ReportId> samples) implements Result {}

    record OperatorsOnly() implements Result {}
  }
}
