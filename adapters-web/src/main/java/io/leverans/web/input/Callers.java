package io.leverans.web.input;

import io.javalin.http.Context;
import io.leverans.application.view.Caller;
import java.util.Objects;

/** Whom a request acts as. */
public final class Callers {
  private static final String ATTRIBUTE = "caller";
  private static final String KEY = "api-key";

  private Callers() {}

  public static void set(Context ctx, Caller caller, String apiKey) {
    ctx.attribute(ATTRIBUTE, caller);
    ctx.attribute(KEY, apiKey);
  }

  /** The caller, who was identified before any resource of /v1 is asked. */
  public static Caller of(Context ctx) {
    Caller caller = ctx.attribute(ATTRIBUTE);
    return Objects.requireNonNull(caller);
  }

  /** The API key that the caller was identified by. */
  public static String keyOf(Context ctx) {
    String key = ctx.attribute(KEY);
    return Objects.requireNonNull(key);
  }
}
