package io.leverans.domain.team;

import java.util.Objects;
import java.util.UUID;

/** Names one member of a team. */
public record MemberId(UUID value) {
  public MemberId {
    Objects.requireNonNull(value);
  }
}
