package io.leverans.web.message;

import io.javalin.http.Context;
import io.leverans.web.problem.Place;
import io.leverans.web.problem.Problem;
import io.leverans.web.problem.ProblemException;
import io.leverans.web.problem.ProblemType;
import java.util.Optional;
import java.util.regex.Pattern;

/** The header Idempotency-Key, and what is answered about it. */
public final class IdempotencyKey {
  private static final String HEADER = "Idempotency-Key";
  private static final Pattern VISIBLE_ASCII = Pattern.compile("[!-~]{1,255}");

  private IdempotencyKey() {}

  public static Optional<String> of(Context ctx) {
    Optional<String> key = Optional.ofNullable(ctx.header(HEADER));
    if (key.isPresent() && !VISIBLE_ASCII.matcher(key.get()).matches()) {
      throw new ProblemException(
          ProblemType.INVALID_IDEMPOTENCY_KEY,
          Place.header(HEADER),
          "A key has 1 to 255 visible ASCII characters. A random UUID is a good one.");
    }
    return key;
  }

  /** Says that the answer was given before. */
  public static void markReplayed(Context ctx) {
    ctx.header("Idempotency-Replayed", "true");
  }

  public static Problem usedOtherwise() {
    return Problem.of(
        ProblemType.IDEMPOTENCY_KEY_REUSED,
        Place.header(HEADER),
        "This key was used for another request. Nothing was done. Use a new key for a new"
            + " message.");
  }
}
