package io.leverans.application.service.report;

import io.leverans.application.port.out.Reports.Finding;

/** Is told of each report that had an effect on a delivery. Safe for use by many threads. */
@FunctionalInterface
public interface AppliedWords {
  void applied(Finding.Linked word);
}
