package io.leverans.web;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.leverans.web.html.Html;
import io.leverans.web.html.HtmlPage;
import io.leverans.web.json.Json;
import io.leverans.web.json.Words;
import io.leverans.web.problem.Problem;
import io.leverans.web.problem.ProblemType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

/** What runs here, whether it runs well, and how to talk to it. */
final class StatusResource {
  private final WebSettings settings;
  private final Readiness readiness;
  private final byte[] description;

  StatusResource(WebSettings settings, Readiness readiness) {
    this.settings = settings;
    this.readiness = readiness;
    this.description = description();
  }

  void register(RoutesConfig routes) {
    routes.get("/", this::start);
    routes.get("/openapi.yaml", this::openApi);
    registerHealth(routes);
  }

  /** What a supervisor asks, and no more. */
  void registerHealth(RoutesConfig routes) {
    routes.get("/healthz", this::health);
    routes.get("/readyz", this::ready);
  }

  private void start(Context ctx) {
    Html mode =
        switch (settings.mode()) {
          case SANDBOX ->
              Html.of(
                  """
                  <p><strong>Sandbox.</strong> Every recipient in the world is simulated: nothing \
                  leaves this machine.</p>\
                  """);
          case LIVE -> Html.of("<p><strong>Live.</strong> Mail goes out to the world.</p>");
        };
    Html world =
        switch (settings.mode()) {
          case SANDBOX ->
              Html.of(
                  """

                  <li><a href="/sandbox/inbox">What the simulated recipients got</a></li>
                  <li><a href="/sandbox/mail-servers">Mail servers to connect as a channel</a></li>
                  <li><a href="/sandbox/accounts">Accounts to connect as a channel</a></li>\
                  """);
          case LIVE -> Html.of("");
        };
    new HtmlPage(
            "Leverans",
            Html.of(
                """
                <p>Leverans sends mail through the channel that each identity uses, and tells what \
                became of it.</p>
                %s
                <p>The HTTP API is at <code>%s</code>; every request to it carries an API key.</p>
                <ul>
                <li><a href="/openapi.yaml">Description of the API (OpenAPI)</a></li>
                <li><a href="/problems">All problems the API can answer with</a></li>%s
                <li><a href="/healthz">Does it run?</a> <a href="/readyz">Can it take mail?</a></li>
                </ul>\
                """,
                mode, settings.publicUrl().resolve("/v1"), world))
        .write(ctx, HttpStatus.OK.getCode());
  }

  private void health(Context ctx) {
    Json.write(ctx, HttpStatus.OK, new StatusJson("up", Words.of(settings.mode())));
  }

  private void ready(Context ctx) {
    switch (readiness.ask()) {
      case Readiness.Answer.Ready() ->
          Json.write(ctx, HttpStatus.OK, new StatusJson("ready", Words.of(settings.mode())));
      case Readiness.Answer.NotReady(var why) -> Problem.of(ProblemType.NOT_READY, why).write(ctx);
    }
  }

  private void openApi(Context ctx) {
    ctx.contentType("application/yaml; charset=utf-8").result(description);
  }

  private static byte[] description() {
    try (var in = StatusResource.class.getResourceAsStream("/openapi.yaml")) {
      return Objects.requireNonNull(in, "openapi.yaml is not packed").readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How it is. */
  record StatusJson(String status, String mode) {}
}
