package io.leverans.bootstrap.metrics;

import static io.leverans.bootstrap.metrics.OverviewGauge.seconds;

import io.leverans.bootstrap.metrics.OverviewGauge.Named;
import io.leverans.persistence.Overview.UsedLimit;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.Map;

/** What is shown of lanes: of a bounded number of them, those that matter most. */
final class LaneGauges {
  private LaneGauges() {}

  static List<OverviewGauge> in(MeterRegistry registry) {
    return List.of(
        oldestReady(registry),
        room(registry),
        closed(registry),
        paceUsed(registry),
        impeded(registry),
        longestImpeded(registry));
  }

  private static OverviewGauge oldestReady(MeterRegistry registry) {
    return new Named(
            registry,
            "leverans.oldest.ready.seconds",
            "For how long mail has been ready and its turn has not come, by lane")
        .ofEach(
            overview -> overview.ready().oldest().entrySet().stream(),
            entry -> Tags.of("lane", entry.getKey()),
            entry -> seconds(entry.getValue()));
  }

  private static OverviewGauge room(MeterRegistry registry) {
    return new Named(
            registry,
            "leverans.lane.room",
            "How much more might pass a limited lane when something last did")
        .ofEach(
            overview -> overview.lanes().paced().stream(),
            lane -> Tags.of("lane", lane.lane()),
            lane -> lane.room());
  }

  private static OverviewGauge closed(MeterRegistry registry) {
    return new Named(
            registry,
            "leverans.lane.closed.seconds",
            "For how long nothing more may pass a limited lane")
        .ofEach(
            overview -> overview.lanes().paced().stream(),
            lane -> Tags.of("lane", lane.lane()),
            lane -> seconds(lane.closed()));
  }

  private static OverviewGauge paceUsed(MeterRegistry registry) {
    return new Named(
            registry,
            "leverans.lane.pace.used",
            "How much of a lane's limit is used up, of 1: those lanes where it is most")
        .ofEach(
            overview -> overview.lanes().used().stream(),
            used ->
                Tags.of(
                    "lane", used.lane(),
                    "counted", Stopwatch.word(used.limit().counted()),
                    "window", used.limit().window().toString()),
            UsedLimit::share);
  }

  private static OverviewGauge impeded(MeterRegistry registry) {
    return new Named(
            registry,
            "leverans.lanes.impeded",
            "Lanes that do not flow freely, by what impedes them")
        .ofEach(
            overview -> overview.lanes().impeded().entrySet().stream(),
            entry -> Tags.of("by", Stopwatch.word(entry.getKey())),
            Map.Entry::getValue);
  }

  private static OverviewGauge longestImpeded(MeterRegistry registry) {
    return new Named(
            registry,
            "leverans.lane.impeded.seconds",
            "For how long a lane has not flowed freely: those where it is longest")
        .ofEach(
            overview -> overview.lanes().longestImpeded().stream(),
            lane -> Tags.of("lane", lane.lane(), "by", Stopwatch.word(lane.by())),
            lane -> seconds(lane.age()));
  }
}
