package io.leverans.mail.simulator.google;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Counts the mail of accounts that may send three and then have to wait. For many threads. */
final class Quotas {
  private static final int MAILS = 3;

  private final Duration pause;
  private final Map<String, Integer> sent = new HashMap<>();
  private final Map<String, Instant> closedUntil = new HashMap<>();

  Quotas(Duration pause) {
    this.pause = pause;
  }

  /** Counts a mail, or tells until when none is taken. */
  synchronized Optional<Instant> take(String address, Instant now) {
    Instant until = closedUntil.get(address);
    if (until != null && now.isBefore(until)) {
      return Optional.of(until);
    }
    if (until != null) {
      closedUntil.remove(address);
      sent.remove(address);
    }
    if (sent.merge(address, 1, Integer::sum) <= MAILS) {
      return Optional.empty();
    }
    closedUntil.put(address, now.plus(pause));
    return Optional.of(now.plus(pause));
  }
}
