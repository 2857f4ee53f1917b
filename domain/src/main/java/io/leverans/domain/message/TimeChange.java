package io.leverans.domain.message;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** What is to become of one of the times of a {@link Schedule}. */
public sealed interface TimeChange {
  record Keep() implements TimeChange {}

  /** There is none any more: at once, or without an end. */
  record Clear() implements TimeChange {}

  record To(Instant time) implements TimeChange {
    public To {
      Objects.requireNonNull(time);
    }
  }

  /** What it makes of a time. */
  default Optional<Instant> of(Optional<Instant> before) {
    return switch (this) {
      case Keep() -> before;
      case Clear() -> Optional.empty();
      case To(Instant time) -> Optional.of(time);
    };
  }
}
