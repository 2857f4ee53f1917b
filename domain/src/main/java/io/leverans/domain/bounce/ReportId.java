package io.leverans.domain.bounce;

import java.util.Objects;
import java.util.UUID;

/** Names one stored report. */
public record ReportId(UUID value) {
  public ReportId {
    Objects.requireNonNull(value);
  }
}
