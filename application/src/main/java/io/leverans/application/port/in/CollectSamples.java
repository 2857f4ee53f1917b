package io.leverans.application.port.in;

import io.leverans.application.view.Page;
import io.leverans.application.view.ReportSample;
import io.leverans.domain.bounce.ReportId;
import java.util.Optional;

/**
 * Gives the operator, at the machine itself, the reports of all teams that were read wrongly and
 * corrected, oldest first, except those on mail of the system.
 */
@FunctionalInterface
public interface CollectSamples {
  /**
   * Gives a part of them.
   *
   * @param limit at most so many, from 1
   * @param after only reports that came after this one
   */
  Page<ReportSample, ReportId> collect(int limit, Optional<ReportId> after);
}
