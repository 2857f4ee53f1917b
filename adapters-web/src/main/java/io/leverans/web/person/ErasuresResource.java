package io.leverans.web.person;

import static io.leverans.web.problem.ProblemType.INVALID_ADDRESS;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.leverans.application.port.in.ErasePerson;
import io.leverans.application.port.in.ReadErasure;
import io.leverans.application.view.Erasure;
import io.leverans.application.view.ErasureId;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.web.input.Callers;
import io.leverans.web.input.Ids;
import io.leverans.web.input.JsonBody;
import io.leverans.web.input.Parameters;
import io.leverans.web.input.RequestBody;
import io.leverans.web.json.Json;
import io.leverans.web.problem.Place;
import io.leverans.web.problem.Problem;
import io.leverans.web.problem.ProblemException;
import io.leverans.web.problem.ProblemType;
import java.util.List;

/** Orders to erase what a team has of a recipient. */
public final class ErasuresResource {
  private static final String ADDRESS = "address";

  private final ErasePerson erasePerson;
  private final ReadErasure readErasure;

  public ErasuresResource(ErasePerson erasePerson, ReadErasure readErasure) {
    this.erasePerson = erasePerson;
    this.readErasure = readErasure;
  }

  public void register(RoutesConfig routes) {
    routes.post("/v1/erasures", this::erase);
    routes.get("/v1/erasures/{id}", this::show);
  }

  private void erase(Context ctx) {
    Parameters.of(ctx);
    EmailAddress address = addressIn(JsonBody.of(ctx, RequestBody.LIMIT));
    switch (erasePerson.erase(new ErasePerson.Command(Callers.of(ctx), address))) {
      case ErasePerson.Result.Ordered(Erasure erasure) -> {
        ErasureJson json = ErasureJson.of(erasure);
        ctx.header("Location", json.location());
        Json.write(
            ctx, erasure.state() == Erasure.State.DONE ? HttpStatus.OK : HttpStatus.ACCEPTED, json);
      }
      case ErasePerson.Result.AdminsOnly() -> adminsOnly().write(ctx);
      case ErasePerson.Result.StandsForTheErased() ->
          Problem.of(
                  INVALID_ADDRESS,
                  Place.body(ADDRESS),
                  "Nothing was done: %s is nobody's. It stands in the place of recipients whose data was"
                          .formatted(address)
                      + " erased; name the person's own address.")
              .write(ctx);
    }
  }

  private static EmailAddress addressIn(JsonBody body) {
    var fields = body.fields(List.of(ADDRESS));
    body.findings().refuseAny();
    var address =
        fields
            .orElseThrow()
            .require(ADDRESS, "for example name@example.com")
            .flatMap(field -> field.read(INVALID_ADDRESS, EmailAddress::parse));
    body.findings().refuseAny();
    return address.orElseThrow();
  }

  private void show(Context ctx) {
    Parameters.of(ctx);
    Json.write(
        ctx,
        HttpStatus.OK,
        Ids.parse(ctx.pathParam("id"))
            .map(ErasureId::new)
            .flatMap(erasure -> readErasure.read(Callers.of(ctx), erasure))
            .map(ErasureJson::of)
            .orElseThrow(ErasuresResource::unknown));
  }

  private static ProblemException unknown() {
    return new ProblemException(
        Problem.of(
            ProblemType.UNKNOWN_ERASURE,
            "No order of your team that you may see has this id. The header Location of the answer"
                + " to POST /v1/erasures names it; only admins see it."));
  }

  static Problem adminsOnly() {
    return Problem.of(
        ProblemType.ADMINS_ONLY,
        "Nothing was done: only an admin hands out or erases what the team has of a person. Ask one"
            + " of them.");
  }
}
