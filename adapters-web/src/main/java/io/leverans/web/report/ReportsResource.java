package io.leverans.web.report;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.leverans.application.port.in.ListReports;
import io.leverans.application.port.in.ListReports.Which;
import io.leverans.application.port.in.ReadRawReport;
import io.leverans.application.view.RawReport;
import io.leverans.application.view.ReportView;
import io.leverans.domain.bounce.ReportId;
import io.leverans.web.input.Callers;
import io.leverans.web.input.Cursor;
import io.leverans.web.input.Ids;
import io.leverans.web.input.Parameters;
import io.leverans.web.json.Json;
import io.leverans.web.json.ListJson;
import io.leverans.web.json.RawMail;
import io.leverans.web.problem.Problem;
import io.leverans.web.problem.ProblemException;
import io.leverans.web.problem.ProblemType;
import java.time.Instant;
import java.util.function.Function;

/** Reports: listed, and given as they came. */
public final class ReportsResource {
  private static final int STANDARD_LIMIT = 50;
  private static final int MAX_LIMIT = 100;

  /** What is asked for by the parameter of that name. */
  private enum Linked {
    TRUE(Which.LINKED),
    FALSE(Which.IN_THE_TRAY);

    private final Which which;

    Linked(Which which) {
      this.which = which;
    }

    Which which() {
      return which;
    }
  }

  private final ListReports listReports;
  private final ReadRawReport readRawReport;

  public ReportsResource(ListReports listReports, ReadRawReport readRawReport) {
    this.listReports = listReports;
    this.readRawReport = readRawReport;
  }

  public void register(RoutesConfig routes) {
    routes.get("/v1/reports", this::list);
    routes.get("/v1/reports/{id}/raw", this::raw);
  }

  private void list(Context ctx) {
    Parameters parameters = Parameters.of(ctx, "linked", "limit", "cursor");
    Which which = parameters.word("linked", Linked.class).map(Linked::which).orElse(Which.ALL);
    int limit = parameters.limit(STANDARD_LIMIT, MAX_LIMIT);
    var before = parameters.cursor(Cursor.REPORTS).map(ReportId::new);
    var page = listReports.list(new ListReports.Query(Callers.of(ctx), which, limit, before));
    Function<ReportView, ReportJson> told =
        which == Which.IN_THE_TRAY ? ReportJson::inTheTray : ReportJson::of;
    Json.write(
        ctx,
        HttpStatus.OK,
        new ListJson<>(
            page.items().stream().map(told).toList(),
            page.next().map(id -> Cursor.REPORTS.text(id.value()))));
  }

  private void raw(Context ctx) {
    Parameters.of(ctx);
    ReportId report = reportIn(ctx);
    switch (readRawReport
        .read(Callers.of(ctx), report)
        .orElseThrow(ReportsResource::unknownReport)) {
      case RawReport.Kept(var bytes) -> RawMail.write(ctx, report.value(), bytes);
      case RawReport.Withheld() -> withheld().write(ctx);
      case RawReport.Purged(var at) -> purged(at).write(ctx);
    }
  }

  private static Problem withheld() {
    return Problem.of(
        ProblemType.MAILBOX_NOT_YOURS,
        "The report was read in a member's own mailbox, and only that member gets it as it came."
            + " What was understood of it is listed: GET /v1/reports. Ask the member for the mail"
            + " itself.");
  }

  private static Problem purged(Instant at) {
    return Problem.of(
            ProblemType.CONTENT_PURGED,
            "The report as it came was purged at %s, because it was old. What was understood of it"
                    .formatted(at)
                + " is kept: GET /v1/reports lists it.")
        .with("purgedAt", at);
  }

  static ReportId reportIn(Context ctx) {
    return Ids.parse(ctx.pathParam("id"))
        .map(ReportId::new)
        .orElseThrow(ReportsResource::unknownReport);
  }

  static ProblemException unknownReport() {
    return new ProblemException(
        Problem.of(
            ProblemType.UNKNOWN_REPORT,
            "No report that you may read has this id. GET /v1/reports lists them."));
  }
}
