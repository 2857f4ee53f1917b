package io.leverans.bootstrap.metrics;

import static io.leverans.bootstrap.metrics.OverviewGauge.seconds;

import io.leverans.bootstrap.metrics.OverviewGauge.Named;
import io.leverans.persistence.Overview;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Shows how all teams' mail stands. It is read by whoever calls {@link #refresh}, not when
 * Prometheus asks, so that an answer needs no connection to the database when these are what is
 * lacking.
 */
final class OverviewGauges {
  private final Supplier<Overview> source;
  private final List<OverviewGauge> gauges;
  private volatile long readAt = System.nanoTime();

  OverviewGauges(Supplier<Overview> source, MeterRegistry registry) {
    this.source = source;
    this.gauges =
        Stream.of(ofMail(registry), ofChannels(registry), LaneGauges.in(registry))
            .flatMap(List::stream)
            .toList();
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
      gauges.forEach(OverviewGauge::hide);
      throw e;
    }
    gauges.forEach(gauge -> gauge.show(overview));
    readAt = System.nanoTime();
  }

  private double age() {
    return seconds(Duration.ofNanos(System.nanoTime() - readAt));
  }

  private static List<OverviewGauge> ofMail(MeterRegistry registry) {
    return List.of(
        new Named(registry, "leverans.ready.lines", "Lines of a sender on a lane with mail")
            .of(overview -> overview.ready().lines()),
        new Named(
                registry,
                "leverans.oldest.due.seconds",
                "For how long what has come due has not been looked at")
            .of(overview -> seconds(overview.oldestDue())),
        new Named(registry, "leverans.in.doubt", "Deliveries in doubt, counted to 10,000")
            .of(Overview::inDoubt),
        new Named(
                registry,
                "leverans.waiting",
                "Dispatches whose channel is at fault, counted to 10,000")
            .of(Overview::waiting),
        new Named(
                registry,
                "leverans.oldest.unnumbered.event.seconds",
                "For how long an event has not been shown to readers")
            .of(overview -> seconds(overview.oldestUnnumbered())));
  }

  private static List<OverviewGauge> ofChannels(MeterRegistry registry) {
    return List.of(
        new Named(registry, "leverans.channels", "Channels that are connected, by kind")
            .ofEach(
                overview -> overview.channels().entrySet().stream(),
                entry -> Tags.of("kind", entry.getKey()),
                Map.Entry::getValue),
        new Named(registry, "leverans.channels.at.fault", "Channels that need attention, by kind")
            .ofEach(
                overview -> overview.channelsAtFault().entrySet().stream(),
                entry -> Tags.of("kind", entry.getKey()),
                Map.Entry::getValue),
        new Named(
                registry,
                "leverans.platform.faults",
                "Places where the platform's own servers are refused, by cause")
            .ofEach(
                overview -> overview.platformFaults().entrySet().stream(),
                entry -> Tags.of("cause", Stopwatch.word(entry.getKey())),
                Map.Entry::getValue));
  }
}
