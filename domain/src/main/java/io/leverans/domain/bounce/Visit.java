package io.leverans.domain.bounce;

import io.leverans.domain.delivery.ChannelFault;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** How a visit to a mailbox ended. */
public sealed interface Visit {
  /** All that is there was read, or as much as the visitor was let. */
  record Over() implements Visit {}

  /** There is more to read at once. */
  record ToBeContinued() implements Visit {}

  /**
   * The mailbox could not be read, or not any further. What was told before stands.
   *
   * @param until when it is worth trying again, where that is known
   */
  record Prevented(ChannelFault fault, Optional<Duration> until) implements Visit {
    public Prevented {
      Objects.requireNonNull(fault);
      Objects.requireNonNull(until);
    }
  }
}
