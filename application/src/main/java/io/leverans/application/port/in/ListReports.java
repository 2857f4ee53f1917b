package io.leverans.application.port.in;

import io.leverans.application.view.Caller;
import io.leverans.application.view.Page;
import io.leverans.application.view.ReportView;
import io.leverans.domain.bounce.ReportId;
import java.util.Objects;
import java.util.Optional;

/**
 * Lists reports, newest first: those linked to the team's mail, and those read in its mailboxes;
 * for an admin of the operator's team also those that belong to no team.
 */
@FunctionalInterface
public interface ListReports {
  /** Lists a page; of what lies in the tray with what it may be about. */
  Page<ReportView, ReportId> list(Query query);

  /**
   * What is asked for.
   *
   * @param limit at most so many, from 1
   * @param before only reports older than this one
   */
  record Query(Caller caller, Which which, int limit, Optional<ReportId> before) {
    public Query {
      Objects.requireNonNull(caller);
      Objects.requireNonNull(which);
      Objects.requireNonNull(before);
    }
  }

  /** Which reports. */
  enum Which {
    ALL,
    /** Those that are linked to a delivery and count for it. */
    LINKED,
    /** The tray: those that changed nothing and that a person may want to deal with. */
    IN_THE_TRAY
  }
}
