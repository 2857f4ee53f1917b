package io.leverans.web.suppression;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.leverans.application.port.in.ImportSuppressions;
import io.leverans.application.view.Page;
import io.leverans.application.view.SuppressionImport.LineResult;
import io.leverans.web.input.Callers;
import io.leverans.web.input.Ids;
import io.leverans.web.input.Parameters;
import io.leverans.web.input.RawBody;
import io.leverans.web.input.Spool;
import io.leverans.web.json.Json;
import io.leverans.web.json.ListJson;
import io.leverans.web.problem.Place;
import io.leverans.web.problem.Problem;
import io.leverans.web.problem.ProblemException;
import io.leverans.web.problem.ProblemType;
import io.leverans.web.suppression.ImportJson.LineJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/** Lists of addresses that are brought along, and what became of each of their lines. */
public final class SuppressionImportsResource {
  private static final String CSV = "text/csv";
  private static final int STANDARD_LIMIT = 100;
  private static final int MAX_LIMIT = 1000;

  private final ImportSuppressions importSuppressions;
  private final Spool spool;
  private final InstantSource clock;

  public SuppressionImportsResource(
      ImportSuppressions importSuppressions, Spool spool, InstantSource clock) {
    this.importSuppressions = importSuppressions;
    this.spool = spool;
    this.clock = clock;
  }

  public void register(RoutesConfig routes) {
    routes.post("/v1/suppressions/imports", this::begin);
    routes.get("/v1/suppressions/imports/{id}", this::show);
    routes.get("/v1/suppressions/imports/{id}/lines", this::lines);
  }

  private void begin(Context ctx) {
    Parameters.of(ctx);
    if (!RawBody.isOfType(ctx, CSV)) {
      throw new ProblemException(
          ProblemType.UNSUPPORTED_MEDIA_TYPE,
          Place.header("Content-Type"),
          "A list is sent as 'Content-Type: text/csv', in UTF-8.");
    }
    try (var body = RawBody.of(ctx, spool);
        InputStream in = body.octets().open();
        var lines = new ImportedLines(in, clock)) {
      switch (importSuppressions.begin(Callers.of(ctx), lines)) {
        case ImportSuppressions.Result.UnderWay(var underWay) -> {
          ImportJson json = ImportJson.of(underWay);
          ctx.header("Location", json.location());
          Json.write(ctx, HttpStatus.ACCEPTED, json);
        }
        case ImportSuppressions.Result.AdminsOnly() -> SuppressionsResource.adminsOnly().write(ctx);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void show(Context ctx) {
    Parameters.of(ctx);
    Json.write(
        ctx,
        HttpStatus.OK,
        importSuppressions
            .read(Callers.of(ctx), importIn(ctx))
            .map(ImportJson::of)
            .orElseThrow(SuppressionImportsResource::unknown));
  }

  private void lines(Context ctx) {
    Parameters parameters = Parameters.of(ctx, "outcome", "limit", "cursor");
    Page<LineResult, Integer> page =
        importSuppressions
            .lines(
                new ImportSuppressions.LinesQuery(
                    Callers.of(ctx),
                    importIn(ctx),
                    parameters.word("outcome", LineResult.Outcome.class),
                    parameters.limit(STANDARD_LIMIT, MAX_LIMIT),
                    after(parameters)))
            .orElseThrow(SuppressionImportsResource::unknown);
    Json.write(
        ctx,
        HttpStatus.OK,
        new ListJson<>(
            page.items().stream().map(LineJson::of).toList(), page.next().map(String::valueOf)));
  }

  private static Optional<Integer> after(Parameters parameters) {
    return parameters.number("cursor").map(number -> (int) Math.min(number, Integer.MAX_VALUE));
  }

  private static UUID importIn(Context ctx) {
    return Ids.parse(ctx.pathParam("id")).orElseThrow(SuppressionImportsResource::unknown);
  }

  private static ProblemException unknown() {
    return new ProblemException(
        Problem.of(
            ProblemType.UNKNOWN_IMPORT,
            "Your team imported no list with this id. POST /v1/suppressions/imports answers with"
                + " the address of what it began."));
  }
}
