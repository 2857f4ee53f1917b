package io.leverans.bootstrap.metrics;

import io.leverans.application.port.out.DispatchQueue.TakenBack;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts deliveries whose attempts broke off without an outcome, by what follows. */
final class LeasesLost {
  private final Counter triedAgain;
  private final Counter inDoubt;
  private final Counter givenUp;

  LeasesLost(MeterRegistry registry) {
    this.triedAgain = counter(registry, "tried-again");
    this.inDoubt = counter(registry, "in-doubt");
    this.givenUp = counter(registry, "given-up");
  }

  private static Counter counter(MeterRegistry registry, String then) {
    return Counter.builder("leverans.leases.lost")
        .description("Deliveries whose attempt broke off without an outcome, by what follows")
        .tag("then", then)
        .register(registry);
  }

  void count(TakenBack taken) {
    triedAgain.increment(taken.triedAgain());
    inDoubt.increment(taken.inDoubt());
    givenUp.increment(taken.givenUp());
  }
}
