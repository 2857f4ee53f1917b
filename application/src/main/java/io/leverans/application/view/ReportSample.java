package io.leverans.application.view;

import java.util.Objects;

/**
 * A report that was read wrongly, with both readings.
 *
 * @param report with its correction
 * @param raw the mail, as long as reports are kept as they came, unless it is a member's own
 */
public record ReportSample(ReportView report, RawReport raw) {
  public ReportSample {
    Objects.requireNonNull(report);
    Objects.requireNonNull(raw);
    if (report.handling().correction().isEmpty()) {
      throw new IllegalArgumentException("a sample is of a report that was corrected");
    }
  }
}
