package io.leverans.bootstrap.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counters of mail that was given up while it waited, with no attempt that could count it. */
final class GivenUp {
  private GivenUp() {}

  static Counter counter(MeterRegistry registry, String reason) {
    return Counter.builder("leverans.given.up.waiting")
        .description("Dispatches that were given up while they waited, by the reason")
        .tag("reason", reason)
        .register(registry);
  }
}
