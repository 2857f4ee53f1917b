package io.leverans.application.port.out;

import java.util.Objects;
import java.util.UUID;

/** Names the holder of a lease: one run of one node, or one visit to a mailbox. */
public record LeaseId(UUID value) {
  public LeaseId {
    Objects.requireNonNull(value);
  }
}
