package io.leverans.application.port.in;

import io.leverans.application.view.Caller;
import io.leverans.application.view.RawReport;
import io.leverans.domain.bounce.ReportId;
import java.util.Optional;

/**
 * Gives a report as it came, to those who see it listed; one that was read in the mailbox of a
 * member's own channel to that member alone. One on mail of the system is unknown here: it may hold
 * the link that proves an address, and who does not read at that address may not see it.
 */
@FunctionalInterface
public interface ReadRawReport {
  /** The mail, or why it is not there; empty if no report that the caller may read has this id. */
  Optional<RawReport> read(Caller caller, ReportId report);
}
