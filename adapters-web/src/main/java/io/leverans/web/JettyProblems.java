package io.leverans.web;

import io.leverans.web.problem.Problem;
import io.leverans.web.problem.ProblemType;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Answers for requests that never get as far as a route, such as broken HTTP. */
final class JettyProblems extends ErrorHandler {
  private static final int SERVER_ERROR = 500;
  private static final int UNAVAILABLE = 503;
  private static final int UNKNOWN_VERSION = 505;

  @Override
  public boolean errorPageForMethod(String method) {
    return true;
  }

  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int code,
      String message,
      @Nullable Throwable cause,
      Callback callback) {
    Problem problem = problem(code, Optional.ofNullable(cause), request.getMethod());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
    response.write(true, ByteBuffer.wrap(problem.json()), callback);
  }

  private static Problem problem(int code, Optional<Throwable> cause, String method) {
    if (code == UNAVAILABLE) {
      return Problem.of(ProblemType.NOT_READY, "The server is stopping. Try again a little later.");
    }
    if (code >= SERVER_ERROR && code != UNKNOWN_VERSION) {
      return Faults.internal(
              cause.orElseGet(() -> new IllegalStateException("status " + code)), method)
          .withStatus(code);
    }
    return malformed(code);
  }

  private static Problem malformed(int code) {
    String detail =
        switch (code) {
          case 414 -> "The address is too long.";
          case 431 -> "The headers are too large: 8 KB is what they may have together.";
          default -> "The server could not make sense of the request.";
        };
    return Problem.of(ProblemType.MALFORMED_REQUEST, detail).withStatus(code);
  }
}
