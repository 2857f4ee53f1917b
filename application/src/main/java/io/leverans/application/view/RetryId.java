package io.leverans.application.view;

import java.util.Objects;
import java.util.UUID;

/** Names one order to try again what failed. */
public record RetryId(UUID value) {
  public RetryId {
    Objects.requireNonNull(value);
  }
}
