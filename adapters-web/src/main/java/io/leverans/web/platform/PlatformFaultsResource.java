package io.leverans.web.platform;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.leverans.application.port.in.ListPlatformFaults;
import io.leverans.web.input.Callers;
import io.leverans.web.input.Parameters;
import io.leverans.web.json.Json;
import io.leverans.web.json.ListJson;
import io.leverans.web.problem.Problem;
import io.leverans.web.problem.ProblemType;
import java.util.Optional;

/** What is wrong with the platform, for those who run it. */
public final class PlatformFaultsResource {
  private static final int STANDARD_LIMIT = 50;
  private static final int MAX_LIMIT = 1000;

  private final ListPlatformFaults listPlatformFaults;

  public PlatformFaultsResource(ListPlatformFaults listPlatformFaults) {
    this.listPlatformFaults = listPlatformFaults;
  }

  public void register(RoutesConfig routes) {
    routes.get("/v1/platform-faults", this::list);
  }

  private void list(Context ctx) {
    int limit = Parameters.of(ctx, "limit").limit(STANDARD_LIMIT, MAX_LIMIT);
    switch (listPlatformFaults.list(Callers.of(ctx), limit)) {
      case ListPlatformFaults.Result.Listed(var found) ->
          Json.write(
              ctx,
              HttpStatus.OK,
              new ListJson<>(
                  found.faults().stream()
                      .map(fault -> PlatformFaultJson.of(fault, found.now()))
                      .toList(),
                  Optional.empty()));
      case ListPlatformFaults.Result.OperatorsOnly() ->
          Problem.of(
                  ProblemType.ADMINS_ONLY,
                  "Only an admin of the operator's team, team 1, sees the platform's faults. What"
                      + " failed of your own mail is under /v1/failed-deliveries.")
              .write(ctx);
    }
  }
}
