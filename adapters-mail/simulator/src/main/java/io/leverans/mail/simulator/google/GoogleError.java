package io.leverans.mail.simulator.google;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leverans.mail.simulator.web.WebAnswer;
import io.leverans.mail.simulator.web.WebAnswer.Reply;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Refusals in the shape of Google's APIs, with the reasons and words of "Resolve errors" in the
 * documentation of the Gmail API.
 *
 * @param reason what programs go by
 * @param state the same in the words of Google's newer libraries
 */
record GoogleError(int status, String domain, String reason, String message, String state) {
  private static final String GLOBAL = "global";
  private static final String LIMITS = "usageLimits";

  static GoogleError badCredentials() {
    return new GoogleError(401, GLOBAL, "authError", "Invalid Credentials", "UNAUTHENTICATED");
  }

  static GoogleError notAllowed() {
    return new GoogleError(
        403,
        GLOBAL,
        "insufficientPermissions",
        "Request had insufficient authentication scopes.",
        "PERMISSION_DENIED");
  }

  static GoogleError forbidden(String message) {
    return new GoogleError(403, GLOBAL, "forbidden", message, "PERMISSION_DENIED");
  }

  static GoogleError invalid(String message) {
    return new GoogleError(400, GLOBAL, "invalidArgument", message, "INVALID_ARGUMENT");
  }

  static GoogleError noGmail() {
    return new GoogleError(
        400, GLOBAL, "failedPrecondition", "Mail service not enabled", "FAILED_PRECONDITION");
  }

  static GoogleError notFound() {
    return new GoogleError(404, GLOBAL, "notFound", "Requested entity was not found.", "NOT_FOUND");
  }

  static GoogleError tooLarge() {
    return new GoogleError(
        413, GLOBAL, "uploadTooLarge", "Request Entity Too Large", "INVALID_ARGUMENT");
  }

  static GoogleError quotaSpent(Instant until) {
    return new GoogleError(
        429,
        LIMITS,
        "userRateLimitExceeded",
        "User-rate limit exceeded.  Retry after "
            + until.truncatedTo(ChronoUnit.MILLIS)
            + " (Mail sending)",
        "RESOURCE_EXHAUSTED");
  }

  static GoogleError dailyLimit() {
    return new GoogleError(
        403, LIMITS, "dailyLimitExceeded", "Daily Limit Exceeded", "PERMISSION_DENIED");
  }

  static GoogleError backendError() {
    return new GoogleError(503, GLOBAL, "backendError", "Backend Error", "UNAVAILABLE");
  }

  Reply answer() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ObjectNode error = body.putObject("error");
    error.put("code", status).put("message", message);
    error
        .putArray("errors")
        .addObject()
        .put("message", message)
        .put("domain", domain)
        .put("reason", reason);
    error.put("status", state);
    Reply reply = WebAnswer.json(status, body);
    return status == 401
        ? reply.with(
            "WWW-Authenticate",
            "Bearer realm=\"https://accounts.google.com/\", error=\"invalid_token\"")
        : reply;
  }
}
