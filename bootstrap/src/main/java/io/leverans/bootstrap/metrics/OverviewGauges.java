package io.leverans.bootstrap.metrics;

import io.leverans.persistence.Overview;
import io.leverans.persistence.Overview.PacedLane;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Shows how all teams' mail stands. It is read by whoever calls {@link #refresh}, not when
 * Prometheus asks, so that an answer needs no connection to the database when these are what is
 * lacking.
 */
final class OverviewGauges {
  private static final double MILLIS = 1000;

  private final Supplier<Overview> source;
  private final Map<MultiGauge, Function<Overview, List<Row<?>>>> gauges;
  private volatile long readAt = System.nanoTime();

  OverviewGauges(Supplier<Overview> source, MeterRegistry registry) {
    this.source = source;
    this.gauges =
        Map.ofEntries(
            byLane(registry),
            one(
                gauge(registry, "leverans.ready.lines", "Lines of a sender on a lane with mail"),
                Overview::readyLines),
            one(
                gauge(
                    registry,
                    "leverans.oldest.due.seconds",
                    "For how long what has come due has not been looked at"),
                overview -> seconds(overview.oldestDue())),
            one(
                gauge(registry, "leverans.in.doubt", "Deliveries in doubt, counted to 10,000"),
                Overview::inDoubt),
            one(
                gauge(
                    registry,
                    "leverans.waiting",
                    "Dispatches whose channel is at fault, counted to 10,000"),
                Overview::waiting),
            one(
                gauge(
                    registry,
                    "leverans.oldest.unnumbered.event.seconds",
                    "For how long an event has not been shown to readers"),
                overview -> seconds(overview.oldestUnnumbered())),
            byKind(
                gauge(registry, "leverans.channels", "Channels that are connected, by kind"),
                Overview::channels),
            byKind(
                gauge(
                    registry,
                    "leverans.channels.at.fault",
                    "Channels that need attention, by kind"),
                Overview::channelsAtFault),
            ofPacedLane(
                gauge(
                    registry,
                    "leverans.lane.room",
                    "How much more might pass a limited lane when something last did"),
                PacedLane::room),
            ofPacedLane(
                gauge(
                    registry,
                    "leverans.lane.closed.seconds",
                    "For how long nothing more may pass a limited lane"),
                lane -> seconds(lane.closed())),
            byImpediment(registry),
            ofTroubledLane(registry),
            byCause(registry));
    Gauge.builder("leverans.overview.age.seconds", this, OverviewGauges::age)
        .description("How old what is read from the database is")
        .register(registry);
  }

  /** Reads it anew; what was there before is shown no more if that fails. */
  void refresh() {
    Overview overview;
    try {
      overview = source.get();
    } catch (RuntimeException e) {
      gauges.keySet().forEach(gauge -> gauge.register(List.of(), true));
      throw e;
    }
    gauges.forEach((gauge, rows) -> gauge.register(rows.apply(overview), true));
    readAt = System.nanoTime();
  }

  private double age() {
    return seconds(Duration.ofNanos(System.nanoTime() - readAt));
  }

  private static MultiGauge gauge(MeterRegistry registry, String name, String meaning) {
    return MultiGauge.builder(name).description(meaning).register(registry);
  }

  private static Map.Entry<MultiGauge, Function<Overview, List<Row<?>>>> one(
      MultiGauge gauge, ToDoubleFunction<Overview> value) {
    return Map.entry(gauge, overview -> List.of(row(Tags.empty(), value.applyAsDouble(overview))));
  }

  private static Map.Entry<MultiGauge, Function<Overview, List<Row<?>>>> byLane(
      MeterRegistry registry) {
    return Map.entry(
        gauge(
            registry,
            "leverans.oldest.ready.seconds",
            "For how long mail has been ready and its turn has not come, by lane"),
        overview ->
            rows(
                overview.oldestReady().entrySet().stream(),
                entry -> Tags.of("lane", entry.getKey()),
                entry -> seconds(entry.getValue())));
  }

  private static Map.Entry<MultiGauge, Function<Overview, List<Row<?>>>> byKind(
      MultiGauge gauge, Function<Overview, Map<String, Long>> counts) {
    return Map.entry(
        gauge,
        overview ->
            rows(
                counts.apply(overview).entrySet().stream(),
                entry -> Tags.of("kind", entry.getKey()),
                Map.Entry::getValue));
  }

  private static Map.Entry<MultiGauge, Function<Overview, List<Row<?>>>> ofPacedLane(
      MultiGauge gauge, ToDoubleFunction<PacedLane> value) {
    return Map.entry(
        gauge,
        overview -> rows(overview.lanes().stream(), lane -> Tags.of("lane", lane.lane()), value));
  }

  private static Map.Entry<MultiGauge, Function<Overview, List<Row<?>>>> byImpediment(
      MeterRegistry registry) {
    return Map.entry(
        gauge(
            registry,
            "leverans.lanes.impeded",
            "Lanes that do not flow freely, by what impedes them"),
        overview ->
            rows(
                overview.lanesImpeded().entrySet().stream(),
                entry -> Tags.of("by", Stopwatch.word(entry.getKey())),
                Map.Entry::getValue));
  }

  private static Map.Entry<MultiGauge, Function<Overview, List<Row<?>>>> byCause(
      MeterRegistry registry) {
    return Map.entry(
        gauge(
            registry,
            "leverans.platform.faults",
            "Places where the platform's own servers are refused, by cause"),
        overview ->
            rows(
                overview.platformFaults().entrySet().stream(),
                entry -> Tags.of("cause", Stopwatch.word(entry.getKey())),
                Map.Entry::getValue));
  }

  private static Map.Entry<MultiGauge, Function<Overview, List<Row<?>>>> ofTroubledLane(
      MeterRegistry registry) {
    return Map.entry(
        gauge(
            registry,
            "leverans.lane.impeded.seconds",
            "For how long a lane has not flowed freely: those where it is longest"),
        overview ->
            rows(
                overview.longestImpeded().stream(),
                lane -> Tags.of("lane", lane.lane(), "by", Stopwatch.word(lane.by())),
                lane -> seconds(lane.age())));
  }

  private static <T> List<Row<?>> rows(
      Stream<T> all, Function<T, Tags> tags, ToDoubleFunction<T> value) {
    return all.<Row<?>>map(one -> row(tags.apply(one), value.applyAsDouble(one))).toList();
  }

  private static Row<?> row(Tags tags, double value) {
    return Row.of(tags, value);
  }

  private static double seconds(Duration time) {
    return time.toMillis() / MILLIS;
  }
}
