package io.leverans.application.view;

import io.leverans.domain.bounce.Correction;
import io.leverans.domain.bounce.ReportId;
import io.leverans.domain.delivery.Failure;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What a report said of a delivery afterwards.
 *
 * @param subject of the mail that said it
 * @param correction what a person read in it instead
 */
public record LaterWord(
    ReportId report,
    Instant receivedAt,
    EventName kind,
    Optional<String> subject,
    Optional<Failure> failure,
    Optional<Correction> correction) {
  public LaterWord {
    Objects.requireNonNull(report);
    Objects.requireNonNull(receivedAt);
    Objects.requireNonNull(kind);
    Objects.requireNonNull(subject);
    Objects.requireNonNull(failure);
    Objects.requireNonNull(correction);
  }

  /** One that nobody has read otherwise. */
  public LaterWord(
      ReportId report,
      Instant receivedAt,
      EventName kind,
      Optional<String> subject,
      Optional<Failure> failure) {
    this(report, receivedAt, kind, subject, failure, Optional.empty());
  }
}
