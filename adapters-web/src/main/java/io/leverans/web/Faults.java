package io.leverans.web;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import io.javalin.router.Endpoint;
import io.leverans.web.problem.Problem;
import io.leverans.web.problem.ProblemException;
import io.leverans.web.problem.ProblemType;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns whatever goes wrong into a problem, and what is our own fault into a line in the log. */
final class Faults {
  private static final Logger LOG = LoggerFactory.getLogger(Faults.class);
  private static final int NOT_FOUND = 404;
  private static final int SERVER_ERROR = 500;

  private Faults() {}

  static void register(RoutesConfig routes) {
    routes.exception(ProblemException.class, (e, ctx) -> e.problem().write(ctx));
    routes.exception(HttpResponseException.class, Faults::refuse);
    routes.exception(Exception.class, Faults::confess);
  }

  /** The problem of a broken server, and in the log why, under an id that both have. */
  static Problem internal(Throwable cause, String request) {
    var id = UUID.randomUUID();
    LOG.error("problem {}: {} failed", id, request, cause);
    return Problem.of(
        ProblemType.INTERNAL_ERROR,
        "Something broke at our side. Tell the operator this id: %s.".formatted(id));
  }

  /** The method and the route, without the values in it, which can be addresses or secrets. */
  static String request(Context ctx) {
    var endpoint = Optional.ofNullable(ctx.endpoints().lastHttpEndpoint());
    return ctx.method().name() + " " + endpoint.map((Endpoint found) -> found.path).orElse("?");
  }

  static void confess(HttpServletResponse response, Error error) {
    Problem problem = internal(error, "a request");
    response.setStatus(problem.status());
    response.setContentType(Problem.MEDIA_TYPE);
    try {
      response.getOutputStream().write(problem.json());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void confess(Exception e, Context ctx) {
    internal(e, request(ctx)).write(ctx);
  }

  private static void refuse(HttpResponseException e, Context ctx) {
    if (e instanceof MethodNotAllowedResponse) {
      String allowed = e.getDetails().getOrDefault("availableMethods", "");
      ctx.header("Allow", allowed);
      Problem.of(
              ProblemType.METHOD_NOT_ALLOWED,
              "This address takes %s, not %s.".formatted(allowed, ctx.method().name()))
          .write(ctx);
    } else if (e.getStatus() == NOT_FOUND) {
      Problem.of(
              ProblemType.UNKNOWN_ROUTE,
              "There is nothing at this address. /openapi.yaml lists all there is.")
          .write(ctx);
    } else if (e.getStatus() >= SERVER_ERROR) {
      internal(e, request(ctx)).write(ctx);
    } else {
      Problem.of(ProblemType.MALFORMED_REQUEST, "The server could not make sense of the request.")
          .withStatus(e.getStatus())
          .write(ctx);
    }
  }
}
