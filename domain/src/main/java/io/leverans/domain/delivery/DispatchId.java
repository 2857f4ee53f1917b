package io.leverans.domain.delivery;

import java.util.Objects;
import java.util.UUID;

/** Names the deliveries of one message that travel together. */
public record DispatchId(UUID value) {
  public DispatchId {
    Objects.requireNonNull(value);
  }
}
