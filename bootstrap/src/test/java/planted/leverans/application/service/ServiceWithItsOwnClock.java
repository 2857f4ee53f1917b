package planted.leverans.application.service;

import java.time.Instant;

/** Planted: asks the machine for the time. */
public final class ServiceWithItsOwnClock {
  /** Planted. */
  public Instant time() {
    return Instant.now();
  }
}
