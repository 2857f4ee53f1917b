package io.leverans.web.input;

import com.fasterxml.jackson.core.JsonPointer;
import io.leverans.web.problem.Finding;
import io.leverans.web.problem.Place;
import io.leverans.web.problem.Problem;
import io.leverans.web.problem.ProblemException;
import io.leverans.web.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** All that is wrong with one request's body, so that its author need not find out bit by bit. */
public final class Findings {
  private static final int MOST_TOLD = 50;

  private final List<Finding> found = new ArrayList<>();

  public void add(ProblemType type, JsonPointer at, String detail) {
    if (found.size() < MOST_TOLD) {
      found.add(new Finding(type, Place.field(at), detail));
    }
  }

  /**
   * Makes a domain object of what stands at a place. This is where the domain's refusals become
   * findings; a refusal anywhere else is a mistake of ours.
   */
  public <T> Optional<T> attempt(ProblemType type, JsonPointer at, Supplier<T> maker) {
    try {
      return Optional.of(maker.get());
    } catch (IllegalArgumentException e) {
      add(type, at, reason(e));
      return Optional.empty();
    }
  }

  /** Ends the request if anything was found. */
  public void refuseAny() {
    if (!found.isEmpty()) {
      throw new ProblemException(Problem.of(found));
    }
  }

  /** Why the domain refused a value. */
  static String reason(IllegalArgumentException refusal) {
    return sentence(Optional.ofNullable(refusal.getMessage()).orElse("this value is not allowed"));
  }

  static String sentence(String words) {
    String start = words.substring(0, 1).toUpperCase(Locale.ROOT);
    return start + words.substring(1) + (words.endsWith(".") ? "" : ".");
  }
}
