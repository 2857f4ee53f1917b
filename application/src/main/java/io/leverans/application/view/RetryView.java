package io.leverans.application.view;

import io.leverans.domain.team.MemberId;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * An order to try again what failed, and how far it has been carried out.
 *
 * @param by who gave it
 * @param total how many deliveries it is about
 * @param retried how many of them were queued again
 * @param refused how many were not, by why
 * @param endedAt absent while it is being carried out
 */
public record RetryView(
    RetryId id,
    FailedSelection selection,
    MemberId by,
    long total,
    long retried,
    Map<Refusal, Long> refused,
    Instant orderedAt,
    Optional<Instant> endedAt) {
  public RetryView {
    Objects.requireNonNull(id);
    Objects.requireNonNull(selection);
    Objects.requireNonNull(by);
    Map<Refusal, Long> all = new EnumMap<>(Refusal.class);
    all.putAll(refused);
    refused = Collections.unmodifiableMap(all);
    Objects.requireNonNull(orderedAt);
    Objects.requireNonNull(endedAt);
  }

  /** Why a delivery is not tried again. */
  public enum Refusal {
    /** Its message has no content any more: it has to be written anew. */
    CONTENT_PURGED,
    /** The team does not write to the address: it has to be taken off the list first. */
    SUPPRESSED,
    /** It is queued again already, or something else has become of it. */
    NO_LONGER_FAILED
  }

  /** How many were decided on. */
  public long done() {
    return retried + refused.values().stream().mapToLong(Long::longValue).sum();
  }
}
