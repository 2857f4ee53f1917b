package io.leverans.application.service.report;

import io.leverans.application.port.in.LinkReport;
import io.leverans.application.port.out.Identities;
import io.leverans.application.port.out.Messages;
import io.leverans.application.port.out.Reports;
import io.leverans.application.port.out.Reports.Linking;
import io.leverans.application.port.out.Reports.Target;
import io.leverans.application.service.rights.VisibleMessages;
import io.leverans.application.view.Caller;
import io.leverans.application.view.ReportView;
import io.leverans.domain.bounce.ReportVerdict;
import io.leverans.domain.team.TeamId;
import java.util.Optional;

/** Links by a person's word what nothing else links. */
public final class LinkReportService implements LinkReport {
  private final Reports reports;
  private final VisibleMessages visible;

  public LinkReportService(Reports reports, Messages messages, Identities identities) {
    this.reports = reports;
    this.visible = new VisibleMessages(messages, identities);
  }

  @Override
  public Result link(Command command) {
    Caller caller = command.caller();
    Optional<ReportView> report = reports.find(caller, command.report());
    if (report.isEmpty()) {
      return new Result.UnknownReport();
    }
    TeamId team = command.team().orElseGet(caller::team);
    return reports
        .target(team, command.delivery())
        .filter(target -> mayName(caller, target))
        .map(target -> link(command, report.get(), target))
        .orElseGet(() -> new Result.UnknownDelivery(command.delivery()));
  }

  private Result link(Command command, ReportView report, Target target) {
    ReportVerdict verdict =
        ReportVerdict.byPersonsWord(report.kind(), report.statements(), target.recipient());
    return switch (reports.link(command.caller(), command.report(), target, verdict)) {
      case Linking.Linked(ReportView linked) -> new Result.Linked(linked);
      case Linking.LinkedAlready() ->
          reports
              .find(command.caller(), command.report())
              .<Result>map(Result.LinkedAlready::new)
              .orElseGet(Result.UnknownReport::new);
      case Linking.Unknown() -> new Result.UnknownReport();
      case Linking.NotThisDelivery() -> new Result.UnknownDelivery(command.delivery());
    };
  }

  /** The operator sees no other team's mail, and is told by the report which it is about. */
  private boolean mayName(Caller caller, Target target) {
    return target.team().equals(caller.team())
        ? visible.find(caller, target.message()).isPresent()
        : caller.reach() == Caller.Reach.PLATFORM;
  }
}
