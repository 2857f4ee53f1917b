package io.leverans.application.port.out;

import java.util.Objects;
import java.util.UUID;

/** Names the holder of leases: one run of one node. */
public record LeaseId(UUID value) {
  public LeaseId {
    Objects.requireNonNull(value);
  }
}
