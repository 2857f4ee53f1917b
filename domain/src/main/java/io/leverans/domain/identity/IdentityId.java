package io.leverans.domain.identity;

import java.util.Objects;
import java.util.UUID;

/** Names one identity of a team. */
public record IdentityId(UUID value) {
  public IdentityId {
    Objects.requireNonNull(value);
  }
}
