package io.leverans.domain.suppression;

import java.util.Objects;
import java.util.UUID;

/** Names one entry of a team's suppression list. */
public record SuppressionId(UUID value) {
  public SuppressionId {
    Objects.requireNonNull(value);
  }
}
