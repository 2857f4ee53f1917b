package io.leverans.web.report;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.leverans.application.port.in.CorrectReport;
import io.leverans.application.port.in.DismissReport;
import io.leverans.application.port.in.LinkReport;
import io.leverans.application.view.ReportView;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.web.input.Callers;
import io.leverans.web.input.JsonBody;
import io.leverans.web.input.Parameters;
import io.leverans.web.input.RequestBody;
import io.leverans.web.json.Json;
import io.leverans.web.problem.Place;
import io.leverans.web.problem.Problem;
import io.leverans.web.problem.ProblemType;

/** Reports: linked, dismissed and read anew by a person. */
public final class ReportHandlingResource {
  private final LinkReport linkReport;
  private final DismissReport dismissReport;
  private final CorrectReport correctReport;

  public ReportHandlingResource(
      LinkReport linkReport, DismissReport dismissReport, CorrectReport correctReport) {
    this.linkReport = linkReport;
    this.dismissReport = dismissReport;
    this.correctReport = correctReport;
  }

  public void register(RoutesConfig routes) {
    routes.post("/v1/reports/{id}/link", this::link);
    routes.post("/v1/reports/{id}/dismiss", this::dismiss);
    routes.post("/v1/reports/{id}/verdict", this::correct);
  }

  private void link(Context ctx) {
    Parameters.of(ctx);
    var command =
        new LinkReportJson(JsonBody.of(ctx, RequestBody.LIMIT))
            .toCommand(Callers.of(ctx), ReportsResource.reportIn(ctx));
    switch (linkReport.link(command)) {
      case LinkReport.Result.Linked(var report) -> write(ctx, report);
      case LinkReport.Result.UnknownReport() -> throw ReportsResource.unknownReport();
      case LinkReport.Result.UnknownDelivery(var delivery) -> unknown(delivery).write(ctx);
      case LinkReport.Result.LinkedAlready(var report) -> linked(report).write(ctx);
    }
  }

  private void dismiss(Context ctx) {
    Parameters.of(ctx);
    switch (dismissReport.dismiss(Callers.of(ctx), ReportsResource.reportIn(ctx))) {
      case DismissReport.Result.Dismissed(var report) -> write(ctx, report);
      case DismissReport.Result.UnknownReport() -> throw ReportsResource.unknownReport();
      case DismissReport.Result.Linked(var report) -> linked(report).write(ctx);
    }
  }

  private void correct(Context ctx) {
    Parameters.of(ctx);
    var correction = new CorrectionJson(JsonBody.of(ctx, RequestBody.LIMIT)).toCorrection();
    switch (correctReport.correct(Callers.of(ctx), ReportsResource.reportIn(ctx), correction)) {
      case CorrectReport.Result.Corrected(var report) -> write(ctx, report);
      case CorrectReport.Result.UnknownReport() -> throw ReportsResource.unknownReport();
      case CorrectReport.Result.NotLinked(var report) ->
          Problem.of(
                  ProblemType.REPORT_NOT_LINKED,
                  ("The report is not linked, so nothing follows from it yet. Link it first, with"
                          + " POST /v1/reports/%s/link.")
                      .formatted(report.id().value()))
              .write(ctx);
    }
  }

  private static void write(Context ctx, ReportView report) {
    Json.write(ctx, HttpStatus.OK, ReportJson.of(report));
  }

  private static Problem unknown(DeliveryId delivery) {
    return Problem.of(
        ProblemType.UNKNOWN_DELIVERY,
        Place.body("deliveryId"),
        ("There is no delivery %s that you may see and that this report may be about. The"
                + " recipients of GET /v1/messages/{id} have theirs in deliveryId.")
            .formatted(delivery.value()));
  }

  private static Problem linked(ReportView report) {
    Problem problem =
        Problem.of(
            ProblemType.REPORT_LINKED,
            ("The report is linked already, and counts. If it says something else than it was"
                    + " taken for, say what with POST /v1/reports/%s/verdict.")
                .formatted(report.id().value()));
    return report
        .handling()
        .delivery()
        .map(delivery -> problem.with("deliveryId", delivery.value()))
        .orElse(problem);
  }
}
