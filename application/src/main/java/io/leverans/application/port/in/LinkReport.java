package io.leverans.application.port.in;

import io.leverans.application.view.Caller;
import io.leverans.application.view.ReportView;
import io.leverans.domain.bounce.ReportId;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.team.TeamId;
import java.util.Objects;
import java.util.Optional;

/**
 * Links a report to a delivery by a person's word. What it says is applied as if it had been linked
 * when it came.
 */
@FunctionalInterface
public interface LinkReport {
  Result link(Command command);

  /**
   * What is ordered.
   *
   * @param team whose delivery it is; the caller's own unless said. Only who sees the reports that
   *     belong to no team may name another
   */
  record Command(Caller caller, ReportId report, Optional<TeamId> team, DeliveryId delivery) {
    public Command {
      Objects.requireNonNull(caller);
      Objects.requireNonNull(report);
      Objects.requireNonNull(team);
      Objects.requireNonNull(delivery);
    }
  }

  /** The answer. */
  sealed interface Result {
    /** It is linked, and may belong to another team from now on. */
    record Linked(ReportView report) implements Result {}

    record UnknownReport() implements Result {}

    /** There is no such delivery that the caller may see, or that the report may belong to. */
    record UnknownDelivery(DeliveryId delivery) implements Result {}

    record LinkedAlready(ReportView report) implements Result {}
  }
}
