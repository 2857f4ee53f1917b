package io.leverans.domain.channel;

import java.util.Objects;

/** A lane, and how much may pass it. */
public record PacedLane(Lane lane, Pace pace) {
  public PacedLane {
    Objects.requireNonNull(lane);
    Objects.requireNonNull(pace);
  }
}
