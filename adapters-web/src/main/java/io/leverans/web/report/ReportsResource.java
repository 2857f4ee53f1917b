package io.leverans.web.report;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.leverans.application.port.in.ListReports;
import io.leverans.domain.bounce.ReportId;
import io.leverans.web.input.Callers;
import io.leverans.web.input.Cursor;
import io.leverans.web.input.Parameters;
import io.leverans.web.json.Json;
import io.leverans.web.json.ListJson;

/** Reports: listed. */
public final class ReportsResource {
  private static final int STANDARD_LIMIT = 50;
  private static final int MAX_LIMIT = 100;

  private final ListReports listReports;

  public ReportsResource(ListReports listReports) {
    this.listReports = listReports;
  }

  public void register(RoutesConfig routes) {
    routes.get("/v1/reports", this::list);
  }

  private void list(Context ctx) {
    Parameters parameters = Parameters.of(ctx, "limit", "cursor");
    int limit = parameters.limit(STANDARD_LIMIT, MAX_LIMIT);
    var before = parameters.cursor(Cursor.REPORTS).map(ReportId::new);
    var page = listReports.list(Callers.of(ctx), limit, before);
    Json.write(
        ctx,
        HttpStatus.OK,
        new ListJson<>(
            page.items().stream().map(ReportJson::of).toList(),
            page.next().map(id -> Cursor.REPORTS.text(id.value()))));
  }
}
