package io.leverans.web;

import io.javalin.http.Context;
import io.leverans.application.port.in.IdentifyCaller;
import io.leverans.web.input.Callers;
import io.leverans.web.problem.Place;
import io.leverans.web.problem.ProblemException;
import io.leverans.web.problem.ProblemType;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lets nobody in without an API key (RFC 6750 §2.1). */
final class Authentication {
  private static final Pattern BEARER =
      Pattern.compile("Bearer +([!-~]{1,256}) *", Pattern.CASE_INSENSITIVE);

  private final IdentifyCaller identifyCaller;

  Authentication(IdentifyCaller identifyCaller) {
    this.identifyCaller = identifyCaller;
  }

  void check(Context ctx) {
    var header = Optional.ofNullable(ctx.header("Authorization"));
    if (header.isEmpty()) {
      throw refused(ctx, "Send the header 'Authorization: Bearer' with your API key.");
    }
    Matcher matcher = BEARER.matcher(header.get());
    if (!matcher.matches()) {
      throw refused(ctx, "The header is not of the form 'Authorization: Bearer' and an API key.");
    }
    Callers.set(
        ctx,
        identifyCaller
            .identify(matcher.group(1))
            .orElseThrow(() -> refused(ctx, "This API key is none of ours. Look for a newer one.")),
        matcher.group(1));
  }

  private static ProblemException refused(Context ctx, String detail) {
    ctx.header("WWW-Authenticate", "Bearer realm=\"leverans\"");
    return new ProblemException(ProblemType.UNAUTHENTICATED, Place.header("Authorization"), detail);
  }
}
