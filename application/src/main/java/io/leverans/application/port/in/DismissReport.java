package io.leverans.application.port.in;

import io.leverans.application.view.Caller;
import io.leverans.application.view.ReportView;
import io.leverans.domain.bounce.ReportId;

/** Takes a report out of the tray. Linking it is possible all the same. */
@FunctionalInterface
public interface DismissReport {
  Result dismiss(Caller caller, ReportId report);

  /** The answer. */
  sealed interface Result {
    /** It is dismissed, now or before. */
    record Dismissed(ReportView report) implements Result {}

    record UnknownReport() implements Result {}

    /** It is linked, so that there is nothing to dismiss. */
    record Linked(ReportView report) implements Result {}
  }
}
