package io.leverans.domain.message;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;

/**
 * When a message is to be sent, and until when.
 *
 * @param sendAt not before this time; absent for at once
 * @param expiresAt not from this time on; absent for as long as trying makes sense
 */
public record Schedule(Optional<Instant> sendAt, Optional<Instant> expiresAt) {
  /** At once, and without an end. */
  public static final Schedule AT_ONCE = new Schedule(Optional.empty(), Optional.empty());

  /** Clocks differ: a time no longer ago than this still means at once. */
  public static final Duration LENIENCE = Duration.ofMinutes(1);

  private static final int YEARS_AHEAD = 1;

  public Schedule {
    Objects.requireNonNull(sendAt);
    Objects.requireNonNull(expiresAt);
  }

  /** Why a schedule is not taken. */
  public enum Objection {
    SEND_AT_PAST,
    SEND_AT_TOO_FAR,
    EXPIRES_AT_PAST,
    EXPIRES_BEFORE_SENDING,
    EXPIRES_AT_TOO_FAR
  }

  /** What speaks against it at a time. */
  public Optional<Objection> objection(Instant now) {
    if (sendAt.isPresent() && sendAt.get().isBefore(now.minus(LENIENCE))) {
      return Optional.of(Objection.SEND_AT_PAST);
    }
    if (sendAt.isPresent() && sendAt.get().isAfter(aYearAfter(now))) {
      return Optional.of(Objection.SEND_AT_TOO_FAR);
    }
    return expiresAt.flatMap(end -> objectionToEnd(end, now));
  }

  private Optional<Objection> objectionToEnd(Instant end, Instant now) {
    Instant start = sendAt.filter(now::isBefore).orElse(now);
    if (!end.isAfter(now)) {
      return Optional.of(Objection.EXPIRES_AT_PAST);
    }
    if (!end.isAfter(start)) {
      return Optional.of(Objection.EXPIRES_BEFORE_SENDING);
    }
    return end.isAfter(aYearAfter(start))
        ? Optional.of(Objection.EXPIRES_AT_TOO_FAR)
        : Optional.empty();
  }

  /** The same, where a time to send at that is no longer ahead means at once. */
  public Schedule seenAt(Instant now) {
    return new Schedule(sendAt.filter(now::isBefore), expiresAt);
  }

  /** The same, changed. */
  public Schedule with(TimeChange sending, TimeChange expiry) {
    return new Schedule(sending.of(sendAt), expiry.of(expiresAt));
  }

  private static Instant aYearAfter(Instant time) {
    return time.atOffset(ZoneOffset.UTC).plusYears(YEARS_AHEAD).toInstant();
  }
}
