package io.leverans.application.port.out;

import io.leverans.application.view.Caller;
import io.leverans.application.view.Page;
import io.leverans.application.view.RawReport;
import io.leverans.application.view.ReportView;
import io.leverans.domain.bounce.IncomingReport;
import io.leverans.domain.bounce.ReportId;
import io.leverans.domain.bounce.ReportVerdict;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.team.TeamId;
import java.util.Optional;

/** The reports that came in. Safe for use by many threads. */
public interface Reports {
  /** The recipient of a delivery, to compare a report with. */
  Optional<EmailAddress> recipientOf(TeamId team, DeliveryId delivery);

  /**
   * Stores a report durably and, in the same transaction, applies the verdict to the delivery that
   * it is linked to, as far as the delivery's state allows, with its event. One that was read in a
   * mailbox and stored before by the same key changes nothing.
   */
  void store(ReportId id, IncomingReport report, ReportVerdict verdict);

  /**
   * The report as it came, or when that was purged; empty if the caller may not read it or it is on
   * mail of the system.
   */
  Optional<RawReport> raw(Caller caller, ReportId report);

  /** Newest first. */
  Page<ReportView, ReportId> list(Caller caller, int limit, Optional<ReportId> before);
}
