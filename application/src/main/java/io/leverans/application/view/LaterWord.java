package io.leverans.application.view;

import io.leverans.domain.bounce.ReportId;
import io.leverans.domain.delivery.Failure;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What a report said of a delivery afterwards.
 *
 * @param subject of the mail that said it
 */
public record LaterWord(
    ReportId report,
    Instant receivedAt,
    EventKind kind,
    Optional<String> subject,
    Optional<Failure> failure) {
  public LaterWord {
    Objects.requireNonNull(report);
    Objects.requireNonNull(receivedAt);
    Objects.requireNonNull(kind);
    Objects.requireNonNull(subject);
    Objects.requireNonNull(failure);
  }
}
