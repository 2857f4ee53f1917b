package io.leverans.application.view;

import java.util.Objects;
import java.util.UUID;

/** Names an order to erase a person's data, within its team. */
public record ErasureId(UUID value) {
  public ErasureId {
    Objects.requireNonNull(value);
  }
}
