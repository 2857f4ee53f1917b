package planted.leverans.application.service;

import java.time.Instant;
import java.util.function.Supplier;

/** Planted: asks the machine for the time through a method reference. */
public final class ServiceWithABorrowedClock {
  /** Planted. */
  public Supplier<Instant> time() {
    return Instant::now;
  }
}
