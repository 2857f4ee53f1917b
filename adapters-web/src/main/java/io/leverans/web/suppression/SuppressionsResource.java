package io.leverans.web.suppression;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.leverans.application.port.in.DecideOnSuppression;
import io.leverans.application.port.in.LiftSuppression;
import io.leverans.application.port.in.ReadSuppressions;
import io.leverans.application.port.in.SuppressAddress;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.suppression.SuppressedAddress;
import io.leverans.domain.suppression.SuppressionId;
import io.leverans.domain.suppression.SuppressionReason;
import io.leverans.web.input.Callers;
import io.leverans.web.input.Cursor;
import io.leverans.web.input.Ids;
import io.leverans.web.input.JsonBody;
import io.leverans.web.input.Parameters;
import io.leverans.web.input.RequestBody;
import io.leverans.web.json.Json;
import io.leverans.web.json.ListJson;
import io.leverans.web.problem.Place;
import io.leverans.web.problem.Problem;
import io.leverans.web.problem.ProblemException;
import io.leverans.web.problem.ProblemType;
import java.util.Optional;

/** The addresses that a team does not write to, and what puts them there. */
public final class SuppressionsResource {
  private static final int STANDARD_LIMIT = 50;
  private static final int MAX_LIMIT = 1000;

  private final ReadSuppressions readSuppressions;
  private final SuppressAddress suppressAddress;
  private final LiftSuppression liftSuppression;
  private final DecideOnSuppression decideOnSuppression;

  public SuppressionsResource(
      ReadSuppressions readSuppressions,
      SuppressAddress suppressAddress,
      LiftSuppression liftSuppression,
      DecideOnSuppression decideOnSuppression) {
    this.readSuppressions = readSuppressions;
    this.suppressAddress = suppressAddress;
    this.liftSuppression = liftSuppression;
    this.decideOnSuppression = decideOnSuppression;
  }

  public void register(RoutesConfig routes) {
    routes.get("/v1/suppressions", this::list);
    routes.post("/v1/suppressions", this::add);
    routes.get("/v1/suppressions/policy", this::policy);
    routes.put("/v1/suppressions/policy", this::decide);
    routes.get("/v1/suppressions/export", this::export);
    routes.get("/v1/suppressions/{id}", this::show);
    routes.delete("/v1/suppressions/{id}", this::lift);
  }

  private void list(Context ctx) {
    Parameters parameters =
        Parameters.of(ctx, "address", "containing", "reason", "limit", "cursor");
    var page =
        readSuppressions.list(
            new ReadSuppressions.Query(
                Callers.of(ctx).team(),
                parameters.read("address", EmailAddress::parse),
                parameters.text("containing"),
                parameters.word("reason", SuppressionReason.class),
                parameters.limit(STANDARD_LIMIT, MAX_LIMIT),
                parameters.cursor(Cursor.SUPPRESSIONS).map(SuppressionId::new)));
    Json.write(
        ctx,
        HttpStatus.OK,
        new ListJson<>(
            page.items().stream().map(SuppressionJson::of).toList(),
            page.next().map(id -> Cursor.SUPPRESSIONS.text(id.value()))));
  }

  private void add(Context ctx) {
    Parameters.of(ctx);
    var body = JsonBody.of(ctx, RequestBody.LIMIT);
    var command = new SuppressAddressJson(body).toCommand(Callers.of(ctx));
    switch (suppressAddress.suppress(command)) {
      case SuppressAddress.Result.Suppressed(var entry) -> write(ctx, HttpStatus.CREATED, entry);
      case SuppressAddress.Result.AlreadyThere(var entry) -> write(ctx, HttpStatus.OK, entry);
      case SuppressAddress.Result.EndsInThePast _ ->
          Problem.of(
                  ProblemType.INVALID_FIELD,
                  Place.body(SuppressAddressJson.UNTIL),
                  "This time has passed. Give one that is ahead, or leave the field out: then the"
                      + " address stays on the list until it is taken off.")
              .write(ctx);
    }
  }

  private static void write(Context ctx, HttpStatus status, SuppressedAddress entry) {
    SuppressionJson json = SuppressionJson.of(entry);
    ctx.header("Location", json.location());
    Json.write(ctx, status, json);
  }

  private void show(Context ctx) {
    Parameters.of(ctx);
    Json.write(
        ctx,
        HttpStatus.OK,
        readSuppressions
            .read(Callers.of(ctx), suppressionIn(ctx))
            .map(SuppressionJson::of)
            .orElseThrow(SuppressionsResource::unknown));
  }

  private void lift(Context ctx) {
    String why =
        Parameters.of(ctx, "why")
            .read("why", NoteText::parse)
            .orElseThrow(
                () ->
                    new ProblemException(
                        ProblemType.INVALID_PARAMETER,
                        Place.parameter("why"),
                        "Say why the address may be written to again, in at most %d characters:"
                                .formatted(NoteText.LONGEST)
                            + " ?why=…"));
    var command = new LiftSuppression.Command(Callers.of(ctx), suppressionIn(ctx), why);
    switch (liftSuppression.lift(command)) {
      case LIFTED -> ctx.status(HttpStatus.NO_CONTENT);
      case UNKNOWN_SUPPRESSION -> throw unknown();
      case ADMINS_ONLY -> adminsOnly().write(ctx);
    }
  }

  private void policy(Context ctx) {
    Parameters.of(ctx);
    Json.write(ctx, HttpStatus.OK, PolicyJson.of(readSuppressions.policy(Callers.of(ctx))));
  }

  private void decide(Context ctx) {
    Parameters.of(ctx);
    var policy = PolicyJson.read(JsonBody.of(ctx, RequestBody.LIMIT));
    var command = new DecideOnSuppression.Command(Callers.of(ctx), policy);
    switch (decideOnSuppression.decide(command)) {
      case DECIDED -> Json.write(ctx, HttpStatus.OK, PolicyJson.of(policy));
      case ADMINS_ONLY -> adminsOnly().write(ctx);
    }
  }

  private void export(Context ctx) {
    Parameters.of(ctx);
    ctx.status(HttpStatus.OK)
        .contentType(SuppressionCsv.MEDIA_TYPE)
        .header("Content-Disposition", "attachment; filename=\"suppressions.csv\"");
    SuppressionCsv.write(
        ctx,
        before ->
            readSuppressions.list(
                new ReadSuppressions.Query(
                    Callers.of(ctx).team(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    MAX_LIMIT,
                    before)));
  }

  private static SuppressionId suppressionIn(Context ctx) {
    return Ids.parse(ctx.pathParam("id"))
        .map(SuppressionId::new)
        .orElseThrow(SuppressionsResource::unknown);
  }

  private static ProblemException unknown() {
    return new ProblemException(
        Problem.of(
            ProblemType.UNKNOWN_SUPPRESSION,
            "Your team's suppression list has no entry with this id. GET /v1/suppressions lists"
                + " those there are."));
  }

  static Problem adminsOnly() {
    return Problem.of(
        ProblemType.ADMINS_ONLY,
        "Nothing was changed: only an admin imports lists, decides what puts addresses on the"
            + " suppression list and takes them off. Ask one of them.");
  }
}
