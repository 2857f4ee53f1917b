package io.leverans.web.identity;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.leverans.application.port.in.CreateIdentity;
import io.leverans.application.port.in.ReadIdentities;
import io.leverans.application.port.in.RequestVerification;
import io.leverans.domain.identity.Identity;
import io.leverans.domain.identity.IdentityId;
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
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Identities: made, listed, shown, and mailed their proof. */
public final class IdentitiesResource {
  private static final int STANDARD_LIMIT = 50;
  private static final int MAX_LIMIT = 100;

  private final CreateIdentity createIdentity;
  private final ReadIdentities readIdentities;
  private final RequestVerification requestVerification;

  public IdentitiesResource(
      CreateIdentity createIdentity,
      ReadIdentities readIdentities,
      RequestVerification requestVerification) {
    this.createIdentity = createIdentity;
    this.readIdentities = readIdentities;
    this.requestVerification = requestVerification;
  }

  public void register(RoutesConfig routes) {
    routes.post("/v1/identities", this::create);
    routes.get("/v1/identities", this::list);
    routes.get("/v1/identities/{id}", this::read);
    routes.post("/v1/identities/{id}/verification", this::verification);
  }

  private void create(Context ctx) {
    Parameters.of(ctx);
    var command =
        new CreateIdentityJson(JsonBody.of(ctx, RequestBody.LIMIT)).toCommand(Callers.of(ctx));
    switch (createIdentity.create(command)) {
      case CreateIdentity.Result.Created(var identity) -> {
        ctx.header("Location", IdentityJson.location(identity));
        Json.write(ctx, HttpStatus.CREATED, IdentityJson.of(identity));
      }
      case CreateIdentity.Result.AddressTaken(var existing) ->
          Problem.of(
                  ProblemType.IDENTITY_EXISTS,
                  Place.body("address"),
                  "You have an identity with this address already. Use that one, or another"
                      + " address.")
              .with("existing", IdentityJson.location(existing))
              .write(ctx);
      case CreateIdentity.Result.LocalPartNotAscii(var address) ->
          Problem.of(
                  ProblemType.INVALID_ADDRESS,
                  Place.body("address"),
                  address
                      + " has letters beyond ASCII before the @, which many servers refuse in an"
                      + " author's address. Use one without them.")
              .write(ctx);
    }
  }

  private void list(Context ctx) {
    Parameters parameters = Parameters.of(ctx, "limit", "cursor");
    int limit = parameters.limit(STANDARD_LIMIT, MAX_LIMIT);
    Optional<UUID> after = parameters.cursor(Cursor.IDENTITIES);
    List<Identity> all = readIdentities.list(Callers.of(ctx));
    int start =
        after
            .map(id -> all.stream().map(IdentitiesResource::idOf).toList().indexOf(id) + 1)
            .orElse(0);
    List<Identity> page = all.subList(start, Math.min(all.size(), start + limit));
    Optional<String> next =
        start + page.size() < all.size()
            ? Optional.of(Cursor.IDENTITIES.text(idOf(page.getLast())))
            : Optional.empty();
    Json.write(
        ctx, HttpStatus.OK, new ListJson<>(page.stream().map(IdentityJson::of).toList(), next));
  }

  private void read(Context ctx) {
    Parameters.of(ctx);
    Identity identity =
        readIdentities
            .read(Callers.of(ctx), identityIn(ctx))
            .orElseThrow(IdentitiesResource::unknown);
    Json.write(ctx, HttpStatus.OK, IdentityJson.of(identity));
  }

  private void verification(Context ctx) {
    Parameters.of(ctx);
    switch (requestVerification.request(Callers.of(ctx), identityIn(ctx))) {
      case RequestVerification.Result.Sent(var identity) ->
          Json.write(ctx, HttpStatus.ACCEPTED, IdentityJson.of(identity));
      case RequestVerification.Result.UnknownIdentity() -> throw unknown();
      case RequestVerification.Result.VerifiedAlready _ ->
          Problem.of(
                  ProblemType.ALREADY_VERIFIED,
                  "The identity is verified already and may send. Nothing was mailed.")
              .write(ctx);
    }
  }

  private static UUID idOf(Identity identity) {
    return identity.id().value();
  }

  /** The identity that the address names. */
  static IdentityId identityIn(Context ctx) {
    return Ids.parse(ctx.pathParam("id"))
        .map(IdentityId::new)
        .orElseThrow(IdentitiesResource::unknown);
  }

  static ProblemException unknown() {
    return new ProblemException(
        Problem.of(
            ProblemType.UNKNOWN_IDENTITY,
            "You have no identity with this id. GET /v1/identities lists those you have."));
  }
}
