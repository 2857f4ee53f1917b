package io.leverans.application.port.in;

import io.leverans.application.view.Caller;
import io.leverans.application.view.ReportView;
import io.leverans.domain.bounce.Correction;
import io.leverans.domain.bounce.ReportId;

/**
 * Says what a linked report means in truth. The delivery becomes what it would be had the report
 * been read so, and the report is kept as a sample for the rules that read reports.
 */
@FunctionalInterface
public interface CorrectReport {
  Result correct(Caller caller, ReportId report, Correction correction);

  /** The answer. */
  sealed interface Result {
    record Corrected(ReportView report) implements Result {}

    record UnknownReport() implements Result {}

    /** It has to be linked first: as yet it says nothing of any delivery. */
    record NotLinked(ReportView report) implements Result {}
  }
}
