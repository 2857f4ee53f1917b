package io.leverans.bootstrap.metrics;

import io.leverans.application.port.in.PurgeOldMail;
import io.leverans.application.port.out.KeptMail.Part;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what is purged, and tells how long ago a round came to its end without a failure. */
final class MeteredPurge implements PurgeOldMail {
  private final PurgeOldMail purgeOldMail;
  private final MeterRegistry registry;
  private final AtomicLong roundDone = new AtomicLong(System.nanoTime());
  private final AtomicBoolean failed = new AtomicBoolean();

  MeteredPurge(PurgeOldMail purgeOldMail, MeterRegistry registry) {
    this.purgeOldMail = purgeOldMail;
    this.registry = registry;
    for (Part part : Part.values()) {
      purged(part).increment(0);
    }
    TimeGauge.builder(
            "leverans.purge.round.age",
            roundDone,
            TimeUnit.NANOSECONDS,
            done -> System.nanoTime() - done.get())
        .description(
            "Since purging had gone through all teams without a failure, or since the start")
        .register(registry);
  }

  @Override
  public Result purge() {
    Result result = step();
    switch (result) {
      case Result.Purged(Part part, int count) -> purged(part).increment(count);
      case Result.RoundDone() -> {
        if (!failed.getAndSet(false)) {
          roundDone.set(System.nanoTime());
        }
      }
    }
    return result;
  }

  private Result step() {
    try {
      return purgeOldMail.purge();
    } catch (RuntimeException e) {
      failed.set(true);
      throw e;
    }
  }

  private Counter purged(Part part) {
    return Counter.builder("leverans.purged")
        .description("Transcripts, bodies, reports, and what had ended, purged by age")
        .tag("part", part.name().toLowerCase(Locale.ROOT))
        .register(registry);
  }
}
