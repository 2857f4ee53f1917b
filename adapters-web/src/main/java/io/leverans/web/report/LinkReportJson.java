package io.leverans.web.report;

import io.leverans.application.port.in.LinkReport;
import io.leverans.application.view.Caller;
import io.leverans.domain.bounce.ReportId;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.team.TeamId;
import io.leverans.web.input.Ids;
import io.leverans.web.input.JsonBody;
import io.leverans.web.problem.ProblemType;
import java.util.List;

/** The body of POST /v1/reports/{id}/link. */
record LinkReportJson(JsonBody body) {
  private static final List<String> FIELDS = List.of("deliveryId", "teamId");

  LinkReport.Command toCommand(Caller caller, ReportId report) {
    var fields = body.fields(FIELDS);
    var delivery =
        fields
            .flatMap(
                object -> object.require("deliveryId", "the delivery that the report is about"))
            .flatMap(field -> field.read(ProblemType.INVALID_FIELD, Ids::require))
            .map(DeliveryId::new);
    var team =
        fields
            .flatMap(object -> object.find("teamId"))
            .flatMap(field -> field.wholeNumber(1, Integer.MAX_VALUE))
            .map(TeamId::new);
    body.findings().refuseAny();
    return new LinkReport.Command(caller, report, team, delivery.orElseThrow());
  }
}
