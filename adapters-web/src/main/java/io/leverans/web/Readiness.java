package io.leverans.web;

import java.util.Objects;

/** Tells whether the service can take mail now. Asked often: the answer must come fast. */
@FunctionalInterface
public interface Readiness {
  Answer ask();

  /** The answer. */
  sealed interface Answer {
    record Ready() implements Answer {}

    /**
     * Not now.
     *
     * @param why in words for the operator
     */
    record NotReady(String why) implements Answer {
      public NotReady {
        Objects.requireNonNull(why);
      }
    }
  }
}
