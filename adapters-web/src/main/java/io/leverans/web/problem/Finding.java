package io.leverans.web.problem;

import java.util.Objects;

/** One thing that is wrong with a request, where, and what to do about it. */
public record Finding(ProblemType type, Place place, String detail) {
  public Finding {
    Objects.requireNonNull(type);
    Objects.requireNonNull(place);
    Objects.requireNonNull(detail);
  }
}
