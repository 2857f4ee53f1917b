package io.leverans.bootstrap.metrics;

import io.leverans.application.port.in.CarryOutDispatch;
import io.leverans.application.port.out.Claim;
import io.leverans.application.port.out.Settlement;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;

/** Takes the time of attempts, and tells which are under way. */
final class MeteredAttempts implements CarryOutDispatch {
  private final CarryOutDispatch carryOutDispatch;
  private final AttemptsUnderWay underWay;
  private final Stopwatch attempts;

  MeteredAttempts(
      CarryOutDispatch carryOutDispatch, AttemptsUnderWay underWay, MeterRegistry registry) {
    this.carryOutDispatch = carryOutDispatch;
    this.underWay = underWay;
    this.attempts =
        new Stopwatch(
            registry, "leverans.attempt", "An attempt, from its start to its end", "settled");
  }

  @Override
  public List<Settlement> carryOut(Claim claim) {
    underWay.begin(claim);
    try {
      return attempts.time(() -> carryOutDispatch.carryOut(claim), _ -> "settled");
    } finally {
      underWay.end(claim);
    }
  }
}
