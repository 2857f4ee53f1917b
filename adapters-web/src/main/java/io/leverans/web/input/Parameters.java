package io.leverans.web.input;

import io.javalin.http.Context;
import io.leverans.web.json.Words;
import io.leverans.web.problem.Place;
import io.leverans.web.problem.ProblemException;
import io.leverans.web.problem.ProblemType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The query parameters of a request: those it may have, each at most once. */
public final class Parameters {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

  private final Context ctx;

  private Parameters(Context ctx) {
    this.ctx = ctx;
  }

  /** Looks at the parameters; what is not known is refused, since it would be lost. */
  public static Parameters of(Context ctx, String... known) {
    ctx.queryParamMap()
        .forEach(
            (name, values) -> {
              if (!List.of(known).contains(name)) {
                String there =
                    known.length == 0
                        ? "There are none here"
                        : "There are: " + String.join(", ", known);
                throw invalid(name, "There is no parameter of this name. " + there + ".");
              }
              if (values.size() > 1) {
                throw invalid(name, "The parameter stands here more than once. Give it once.");
              }
            });
    return new Parameters(ctx);
  }

  public Optional<String> text(String name) {
    return Optional.ofNullable(ctx.queryParam(name));
  }

  /** What a parser of the domain makes of it. */
  public <T> Optional<T> read(String name, Function<String, T> parser) {
    return text(name).map(text -> parsed(name, text, parser));
  }

  public <E extends Enum<E>> Optional<E> word(String name, Class<E> type) {
    return text(name)
        .map(
            text ->
                Words.find(type, text)
                    .orElseThrow(
                        () ->
                            invalid(
                                name,
                                "It is one of: " + String.join(", ", Words.all(type)) + ".")));
  }

  /** How many entries are asked for. */
  public int limit(int standard, int most) {
    long limit = number("limit").orElse((long) standard);
    if (limit < 1 || limit > most) {
      throw invalid("limit", "A limit lies between 1 and " + most + ".");
    }
    return (int) limit;
  }

  /** A number from 0. */
  public Optional<Long> number(String name) {
    return text(name)
        .map(
            text -> {
              if (!NUMBER.matcher(text).matches()) {
                throw invalid(name, "It is a whole number from 0, of at most 18 digits.");
              }
              return Long.valueOf(text);
            });
  }

  /** The position after which to go on. */
  public Optional<UUID> cursor(Cursor kind) {
    return text("cursor")
        .map(
            text ->
                kind.parse(text)
                    .orElseThrow(
                        () ->
                            new ProblemException(
                                ProblemType.INVALID_CURSOR,
                                Place.parameter("cursor"),
                                "This cursor was not given out for this list. Take nextCursor of"
                                    + " the page before, or leave it out to start anew.")));
  }

  private static <T> T parsed(String name, String text, Function<String, T> parser) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw invalid(name, Findings.reason(e));
    }
  }

  private static ProblemException invalid(String name, String detail) {
    return new ProblemException(ProblemType.INVALID_PARAMETER, Place.parameter(name), detail);
  }
}
