package io.leverans.web.identity;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.leverans.application.port.in.Preflight;
import io.leverans.application.port.in.Preflight.Extent;
import io.leverans.web.input.Callers;
import io.leverans.web.input.JsonBody;
import io.leverans.web.input.JsonField;
import io.leverans.web.input.JsonFields;
import io.leverans.web.input.Parameters;
import io.leverans.web.input.RequestBody;
import io.leverans.web.json.Json;
import io.leverans.web.problem.Place;
import io.leverans.web.problem.ProblemException;
import io.leverans.web.problem.ProblemType;
import java.util.List;
import java.util.Optional;

/** What stands in the way of an identity's mail, before any is sent. */
public final class PreflightResource {
  private static final List<String> FIELDS = List.of("to");
  private static final int MOST_MESSAGES = 1_000_000;
  private static final int MOST_ADDRESSES = 1_000;

  private final Preflight preflight;

  public PreflightResource(Preflight preflight) {
    this.preflight = preflight;
  }

  public void register(RoutesConfig routes) {
    routes.get("/v1/identities/{id}/preflight", this::ofNumber);
    routes.post("/v1/identities/{id}/preflight", this::ofAddresses);
  }

  private void ofNumber(Context ctx) {
    long number = Parameters.of(ctx, "recipients").number("recipients").orElse(1L);
    if (number < 1 || number > MOST_MESSAGES) {
      throw new ProblemException(
          ProblemType.INVALID_PARAMETER,
          Place.parameter("recipients"),
          "It is a number of recipients from 1 to " + MOST_MESSAGES + ".");
    }
    check(ctx, new Extent.Messages((int) number));
  }

  private void ofAddresses(Context ctx) {
    Parameters.of(ctx);
    var body = JsonBody.of(ctx, RequestBody.LIMIT);
    Optional<JsonFields> fields = body.fields(FIELDS);
    body.findings().refuseAny();
    List<JsonField> entries =
        fields
            .orElseThrow()
            .require("to", "the addresses that a message is to go to")
            .map(JsonField::oneOrMore)
            .orElse(List.of());
    if (entries.size() > MOST_ADDRESSES) {
      body.findings()
          .add(
              ProblemType.OVER_LIMIT,
              fields.orElseThrow().at().appendProperty("to"),
              "At most %d addresses are looked at; here are %d."
                  .formatted(MOST_ADDRESSES, entries.size()));
    }
    List<String> written = entries.stream().flatMap(entry -> entry.text().stream()).toList();
    body.findings().refuseAny();
    check(ctx, new Extent.Addresses(written));
  }

  private void check(Context ctx, Extent extent) {
    var command =
        new Preflight.Command(Callers.of(ctx), IdentitiesResource.identityIn(ctx), extent);
    switch (preflight.check(command)) {
      case Preflight.Result.Checked(var checked) ->
          Json.write(ctx, HttpStatus.OK, PreflightJson.of(checked));
      case Preflight.Result.UnknownIdentity() -> throw IdentitiesResource.unknown();
    }
  }
}
