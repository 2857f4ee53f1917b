package io.leverans.web.domain;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.leverans.application.port.in.AddDomain;
import io.leverans.application.port.in.CheckDomain;
import io.leverans.application.port.in.ReadDomains;
import io.leverans.application.port.in.RemoveDomain;
import io.leverans.application.port.in.RotateDomainKey;
import io.leverans.domain.senderdomain.SenderDomain;
import io.leverans.domain.senderdomain.SenderDomainId;
import io.leverans.web.input.Callers;
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
import java.time.Instant;
import java.util.Optional;

/** The domains that a team writes from. */
public final class DomainsResource {
  private final AddDomain addDomain;
  private final ReadDomains readDomains;
  private final CheckDomain checkDomain;
  private final RotateDomainKey rotateDomainKey;
  private final RemoveDomain removeDomain;

  public DomainsResource(
      AddDomain addDomain,
      ReadDomains readDomains,
      CheckDomain checkDomain,
      RotateDomainKey rotateDomainKey,
      RemoveDomain removeDomain) {
    this.addDomain = addDomain;
    this.readDomains = readDomains;
    this.checkDomain = checkDomain;
    this.rotateDomainKey = rotateDomainKey;
    this.removeDomain = removeDomain;
  }

  public void register(RoutesConfig routes) {
    routes.post("/v1/domains", this::add);
    routes.get("/v1/domains", this::list);
    routes.get("/v1/domains/{id}", this::show);
    routes.post("/v1/domains/{id}/check", this::check);
    routes.post("/v1/domains/{id}/rotate", this::rotate);
    routes.delete("/v1/domains/{id}", this::remove);
  }

  private void add(Context ctx) {
    Parameters.of(ctx);
    var command = new AddDomainJson(JsonBody.of(ctx, RequestBody.LIMIT)).toCommand(Callers.of(ctx));
    switch (addDomain.add(command)) {
      case AddDomain.Result.Added(var view) -> {
        DomainJson added = DomainJson.of(view);
        ctx.header("Location", added.location());
        Json.write(ctx, HttpStatus.CREATED, added);
      }
      case AddDomain.Result.AlreadyThere(var domain) -> exists(domain).write(ctx);
      case AddDomain.Result.TooMany(int atMost) ->
          Problem.of(
                  ProblemType.TOO_MANY_DOMAINS,
                  "Your team has %d domains, as many as it may. Remove one that nobody writes from"
                          .formatted(atMost)
                      + " any more with DELETE /v1/domains/{id}; GET /v1/domains lists them.")
              .write(ctx);
      case AddDomain.Result.NotADomain(var name) ->
          Problem.of(
                  ProblemType.INVALID_FIELD,
                  Place.body("name"),
                  "'%s' is not a domain name such as example.com. A letter that has two meanings in"
                          .formatted(name)
                      + " domain names, such as ß, is written in the form xn--….")
              .write(ctx);
      case AddDomain.Result.AdminsOnly() -> adminsOnly().write(ctx);
    }
  }

  private static Problem exists(SenderDomain domain) {
    return Problem.of(
            ProblemType.DOMAIN_EXISTS,
            Place.body("name"),
            "Your team has the domain %s already. GET /v1/domains/%s shows its records."
                .formatted(domain.name(), domain.id().value()))
        .with("existing", domain.id().value());
  }

  private void list(Context ctx) {
    Parameters.of(ctx);
    var items = readDomains.list(Callers.of(ctx)).stream().map(DomainJson::of).toList();
    Json.write(ctx, HttpStatus.OK, new ListJson<>(items, Optional.empty()));
  }

  private void show(Context ctx) {
    Parameters.of(ctx);
    Json.write(
        ctx,
        HttpStatus.OK,
        readDomains
            .read(Callers.of(ctx), domainIn(ctx))
            .map(DomainJson::of)
            .orElseThrow(DomainsResource::unknown));
  }

  private void check(Context ctx) {
    Parameters.of(ctx);
    switch (checkDomain.check(new CheckDomain.Command(Callers.of(ctx), domainIn(ctx)))) {
      case CheckDomain.Result.Done(var view) -> Json.write(ctx, HttpStatus.OK, DomainJson.of(view));
      case CheckDomain.Result.UnknownDomain() -> throw unknown();
    }
  }

  private void rotate(Context ctx) {
    Parameters.of(ctx);
    switch (rotateDomainKey.rotate(new RotateDomainKey.Command(Callers.of(ctx), domainIn(ctx)))) {
      case RotateDomainKey.Result.UnderWay(var view) ->
          Json.write(ctx, HttpStatus.OK, DomainJson.of(view));
      case RotateDomainKey.Result.TooEarly(var until) -> tooEarly(until).write(ctx);
      case RotateDomainKey.Result.ChangedMeanwhile() ->
          Problem.of(
                  ProblemType.DOMAIN_CHANGED_MEANWHILE,
                  "Somebody changed the domain's keys at the same time; nothing was done. Look at"
                      + " it with GET /v1/domains/{id}, and ask again if it is still needed.")
              .write(ctx);
      case RotateDomainKey.Result.UnknownDomain() -> throw unknown();
      case RotateDomainKey.Result.AdminsOnly() -> adminsOnly().write(ctx);
    }
  }

  private static Problem tooEarly(Instant until) {
    return Problem.of(
            ProblemType.ROTATION_TOO_EARLY,
            "The key was changed less than 7 days ago, and mail signed with the one before may"
                + " still be on its way: its record stays until "
                + until
                + ". Ask again then.")
        .with("until", until);
  }

  private void remove(Context ctx) {
    Parameters.of(ctx);
    switch (removeDomain.remove(new RemoveDomain.Command(Callers.of(ctx), domainIn(ctx)))) {
      case REMOVED -> ctx.status(HttpStatus.NO_CONTENT);
      case UNKNOWN_DOMAIN -> throw unknown();
      case ADMINS_ONLY -> adminsOnly().write(ctx);
    }
  }

  private static SenderDomainId domainIn(Context ctx) {
    return Ids.parse(ctx.pathParam("id"))
        .map(SenderDomainId::new)
        .orElseThrow(DomainsResource::unknown);
  }

  private static ProblemException unknown() {
    return new ProblemException(
        Problem.of(
            ProblemType.UNKNOWN_DOMAIN,
            "Your team has no domain with this id. GET /v1/domains lists those there are."));
  }

  private static Problem adminsOnly() {
    return Problem.of(
        ProblemType.ADMINS_ONLY,
        "Nothing was changed: only an admin adds, rotates and removes the team's domains. Ask one"
            + " of them.");
  }
}
