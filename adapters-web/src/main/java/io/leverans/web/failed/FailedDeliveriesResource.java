package io.leverans.web.failed;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.leverans.application.port.in.AcceptMessage.Idempotency;
import io.leverans.application.port.in.ListFailedDeliveries;
import io.leverans.application.port.in.ReadRetry;
import io.leverans.application.port.in.RetryFailedDeliveries;
import io.leverans.application.view.Caller;
import io.leverans.application.view.FailedFilter;
import io.leverans.application.view.FailedGroups;
import io.leverans.application.view.RetryId;
import io.leverans.application.view.RetryView;
import io.leverans.web.input.Callers;
import io.leverans.web.input.Ids;
import io.leverans.web.input.JsonBody;
import io.leverans.web.input.Parameters;
import io.leverans.web.input.RequestBody;
import io.leverans.web.json.Json;
import io.leverans.web.message.IdempotencyKey;
import io.leverans.web.problem.Problem;
import io.leverans.web.problem.ProblemException;
import io.leverans.web.problem.ProblemType;
import java.util.Optional;
import java.util.stream.Stream;

/** Deliveries that failed or bounced: grouped, and tried again by a filter. */
public final class FailedDeliveriesResource {
  private static final int STANDARD_LIMIT = 50;
  private static final int MAX_LIMIT = 100;

  private final ListFailedDeliveries listFailedDeliveries;
  private final RetryFailedDeliveries retryFailedDeliveries;
  private final ReadRetry readRetry;

  public FailedDeliveriesResource(
      ListFailedDeliveries listFailedDeliveries,
      RetryFailedDeliveries retryFailedDeliveries,
      ReadRetry readRetry) {
    this.listFailedDeliveries = listFailedDeliveries;
    this.retryFailedDeliveries = retryFailedDeliveries;
    this.readRetry = readRetry;
  }

  public void register(RoutesConfig routes) {
    routes.get("/v1/failed-deliveries", this::list);
    routes.post("/v1/failed-deliveries/retry", this::retry);
    routes.get("/v1/failed-deliveries/retries/{id}", this::show);
  }

  private void list(Context ctx) {
    Parameters parameters =
        Parameters.of(
            ctx,
            Stream.concat(Stream.of("groupBy", "limit"), FilterFields.NAMES.stream())
                .toArray(String[]::new));
    var query =
        new ListFailedDeliveries.Query(
            Callers.of(ctx),
            FilterFields.of(parameters),
            parameters.word("groupBy", FailedGroups.By.class).orElse(FailedGroups.By.CAUSE),
            parameters.limit(STANDARD_LIMIT, MAX_LIMIT));
    Json.write(ctx, HttpStatus.OK, FailedJson.of(listFailedDeliveries.list(query)));
  }

  private void retry(Context ctx) {
    Parameters.of(ctx);
    Optional<String> key = IdempotencyKey.of(ctx);
    JsonBody body = JsonBody.of(ctx, RequestBody.LIMIT);
    FailedFilter filter = FilterFields.of(body);
    Caller caller = Callers.of(ctx);
    var command =
        new RetryFailedDeliveries.Command(
            caller, filter, key.map(text -> new Idempotency(text, fingerprint(caller, body))));
    switch (retryFailedDeliveries.retry(command)) {
      case RetryFailedDeliveries.Result.Ordered(var retry) -> writeOrdered(ctx, retry);
      case RetryFailedDeliveries.Result.OrderedBefore(var retry) -> {
        IdempotencyKey.markReplayed(ctx);
        writeOrdered(ctx, retry);
      }
      case RetryFailedDeliveries.Result.KeyUsedOtherwise _ ->
          IdempotencyKey.usedOtherwise().write(ctx);
    }
  }

  /** Of two members' orders that say the same, each is about other mail. */
  private static String fingerprint(Caller caller, JsonBody body) {
    return "retry:%s:%s".formatted(caller.member().id().value(), body.fingerprint());
  }

  private static void writeOrdered(Context ctx, RetryView retry) {
    RetryJson ordered = RetryJson.of(retry);
    ctx.header("Location", ordered.location());
    Json.write(ctx, HttpStatus.ACCEPTED, ordered);
  }

  private void show(Context ctx) {
    Parameters.of(ctx);
    Json.write(
        ctx,
        HttpStatus.OK,
        Ids.parse(ctx.pathParam("id"))
            .map(RetryId::new)
            .flatMap(retry -> readRetry.read(Callers.of(ctx), retry))
            .map(RetryJson::of)
            .orElseThrow(FailedDeliveriesResource::unknown));
  }

  private static ProblemException unknown() {
    return new ProblemException(
        Problem.of(
            ProblemType.UNKNOWN_RETRY,
            "You have ordered nothing under this id. POST /v1/failed-deliveries/retry names the"
                + " address of each order in the header Location."));
  }
}
