package planted.leverans.application.service;

import java.time.Clock;

/** Planted: takes the machine's clock. */
public final class ServiceWithASystemClock {
  /** Planted. */
  public Clock clock() {
    return Clock.systemUTC();
  }
}
