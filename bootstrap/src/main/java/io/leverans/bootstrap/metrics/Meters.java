package io.leverans.bootstrap.metrics;

import com.zaxxer.hikari.metrics.MetricsTrackerFactory;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import io.leverans.application.port.in.CarryOutDispatch;
import io.leverans.application.port.in.ClaimDueMail;
import io.leverans.application.port.in.GiveUpMail;
import io.leverans.application.port.in.PurgeOldMail;
import io.leverans.application.port.out.DispatchQueue;
import io.leverans.application.port.out.Messages;
import io.leverans.application.port.provider.Connections;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.persistence.Overview;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Optional;
import java.util.function.Supplier;

/** What is measured of a node: at its edges, so that the core knows nothing of it. */
public final class Meters implements AutoCloseable {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics garbageCollection = new JvmGcMetrics();
  private final AttemptsUnderWay underWay = new AttemptsUnderWay();

  public Meters() {
    garbageCollection.bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    Gauge.builder("leverans.attempts.under.way", underWay, AttemptsUnderWay::count)
        .description("Attempts that run just now on this node")
        .register(registry);
  }

  /** The same messages, with what is accepted counted. */
  public Messages measured(Messages messages, KindsOfChannels kinds) {
    return new MeteredMessages(messages, kinds, registry);
  }

  /** The same queue, with what comes of attempts counted. */
  public DispatchQueue measured(DispatchQueue queue, KindsOfChannels kinds) {
    return new MeteredQueue(queue, kinds, registry, underWay);
  }

  /** The same, with its time taken. */
  public ClaimDueMail measuredClaims(ClaimDueMail claimDueMail) {
    var claims =
        new Stopwatch(
            registry, "leverans.claim", "Looking for mail to send", "claimed", "nothing-ready");
    return request ->
        claims.time(
            () -> claimDueMail.claim(request),
            claimed -> claimed.isEmpty() ? "nothing-ready" : "claimed");
  }

  /** The same, with its time taken. */
  public CarryOutDispatch measuredAttempts(CarryOutDispatch carryOutDispatch) {
    return new MeteredAttempts(carryOutDispatch, underWay, registry);
  }

  /** The same, with what is purged counted. */
  public PurgeOldMail measuredPurge(PurgeOldMail purgeOldMail) {
    return new MeteredPurge(purgeOldMail, registry);
  }

  /** The same, with what is given up counted. */
  public GiveUpMail measuredGivingUp(GiveUpMail giveUpMail) {
    Counter behindLane = GivenUp.counter(registry, "behind-lane");
    return () -> {
      GiveUpMail.Result result = giveUpMail.giveUp();
      behindLane.increment(result.dispatchesGivenUp());
      return result;
    };
  }

  /** Tells how many attempts may run at a time. */
  public void attemptsAtMost(int concurrency) {
    Gauge.builder("leverans.attempt.slots", () -> concurrency)
        .description("Attempts that may run at a time on this node")
        .register(registry);
  }

  /** Tells how many connections to next hops there are, of a kind that counts them. */
  public void connections(ChannelKind kind, Supplier<Optional<Connections>> held) {
    if (held.get().isPresent()) {
      connections(kind, "busy", () -> held.get().orElse(Connections.NONE).busy());
      connections(kind, "idle", () -> held.get().orElse(Connections.NONE).idle());
    }
  }

  private void connections(ChannelKind kind, String state, Supplier<Number> counted) {
    Gauge.builder("leverans.next.hop.connections", counted)
        .description("Connections to next hops that this node holds, by the kind of channel")
        .tag("kind", kind.name())
        .tag("state", state)
        .register(registry);
  }

  /** Measures pools of connections to the database. */
  public MetricsTrackerFactory ofPools() {
    return new MicrometerMetricsTrackerFactory(registry);
  }

  /**
   * Shows how all teams' mail stands.
   *
   * @return reads it anew each time it runs
   */
  public Runnable show(Supplier<Overview> overview) {
    return new OverviewGauges(overview, registry)::refresh;
  }

  /** All of it as it is now, in Prometheus' text format. */
  public String scrape() {
    return registry.scrape();
  }

  @Override
  public void close() {
    garbageCollection.close();
    registry.close();
  }
}
