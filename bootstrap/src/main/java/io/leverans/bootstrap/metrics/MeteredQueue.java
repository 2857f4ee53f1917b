package io.leverans.bootstrap.metrics;

import io.leverans.application.port.out.Claim;
import io.leverans.application.port.out.DispatchQueue;
import io.leverans.application.port.out.LeaseId;
import io.leverans.application.port.out.Line;
import io.leverans.application.port.out.LineSearch;
import io.leverans.application.port.out.Settlement;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.delivery.AttemptReport;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.HandOver.Permission;
import io.leverans.domain.delivery.Outcome;
import io.leverans.domain.delivery.RetrySchedule;
import io.leverans.domain.team.TeamId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Takes the time of permissions and endings of attempts, and counts what came of them. */
final class MeteredQueue implements DispatchQueue {
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5),
    Duration.ofSeconds(15),
    Duration.ofMinutes(1),
    Duration.ofMinutes(5),
    Duration.ofMinutes(15),
    Duration.ofHours(1),
    Duration.ofHours(4)
  };

  private final DispatchQueue queue;
  private final KindsOfChannels kinds;
  private final MeterRegistry registry;
  private final AttemptsUnderWay underWay;
  private final Stopwatch permissions;
  private final Stopwatch endings;
  private final Timer firstHandOvers;
  private final LeasesLost leasesLost;
  private final Counter expired;

  MeteredQueue(
      DispatchQueue queue,
      KindsOfChannels kinds,
      MeterRegistry registry,
      AttemptsUnderWay underWay) {
    this.queue = queue;
    this.kinds = kinds;
    this.registry = registry;
    this.underWay = underWay;
    this.permissions =
        new Stopwatch(
            registry,
            "leverans.permit",
            "Writing down that an attempt may hand over",
            Stopwatch.word(Permission.GO),
            Stopwatch.word(Permission.LEASE_LOST));
    this.endings =
        new Stopwatch(registry, "leverans.settle", "Writing down how an attempt ended", "settled");
    this.firstHandOvers =
        Timer.builder("leverans.first.hand.over")
            .description("From acceptance to the first hand-over of what was not yet deferred")
            .serviceLevelObjectives(BUCKETS)
            .register(registry);
    this.leasesLost = new LeasesLost(registry);
    this.expired = GivenUp.counter(registry, "expired");
  }

  @Override
  public Permission permit(Claim claim, Set<DeliveryId> aboard, Optional<Instant> notAfter) {
    Permission permission =
        permissions.time(() -> queue.permit(claim, aboard, notAfter), Stopwatch::word);
    if (permission == Permission.GO && claim.deferrals() == 0) {
      firstHandOvers.record(claim.age().plus(underWay.since(claim)));
    }
    return permission;
  }

  @Override
  public void settle(Claim claim, AttemptReport report, List<Settlement> settlements) {
    var _ =
        endings.time(
            () -> {
              queue.settle(claim, report, settlements);
              return settlements;
            },
            _ -> "settled");
    String kind = kinds.of(claim.dispatch().team(), claim.channel());
    settlements.forEach(settlement -> count(kind, settlement));
  }

  private void count(String kind, Settlement settlement) {
    deliveries(kind, outcome(settlement), cause(settlement.outcome())).increment();
  }

  private Counter deliveries(String kind, String outcome, Optional<Cause> cause) {
    return Counter.builder("leverans.deliveries")
        .description(
            "What came of deliveries, at attempts and at claims, by the kind of channel and the"
                + " cause")
        .tag("kind", kind)
        .tag("outcome", outcome)
        .tag("cause", cause.map(Stopwatch::word).orElse(""))
        .register(registry);
  }

  private static String outcome(Settlement settlement) {
    return switch (settlement.outcome()) {
      case Outcome.Accepted _ -> "accepted";
      case Outcome.Deferred _ ->
          settlement.next().fact() == DeliveryFact.GAVE_UP ? "failed" : "deferred";
      case Outcome.Rejected _ -> "failed";
      case Outcome.InDoubt _ -> "in-doubt";
      case Outcome.HeldBack _ -> "held-back";
      case Outcome.Rerouted _ -> "rerouted";
      case Outcome.NotTried _ -> "waiting";
    };
  }

  private static Optional<Cause> cause(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Deferred(var failure, _, _) -> Optional.of(failure.cause());
      case Outcome.Rejected(var failure) -> Optional.of(failure.cause());
      case Outcome.InDoubt(var failure) -> Optional.of(failure.cause());
      case Outcome.NotTried(var fault, _) -> Optional.of(fault.cause());
      case Outcome.Accepted _, Outcome.HeldBack _, Outcome.Rerouted _ -> Optional.empty();
    };
  }

  @Override
  public List<TeamId> teamsWithDueMail(int atMost) {
    return queue.teamsWithDueMail(atMost);
  }

  @Override
  public TakenBack makeReady(TeamId team, int atMost, RetrySchedule schedule) {
    TakenBack taken = queue.makeReady(team, atMost, schedule);
    leasesLost.count(taken);
    return taken;
  }

  @Override
  public List<Lane> readyLanes(TeamId team, Optional<Lane> after, int atMost) {
    return queue.readyLanes(team, after, atMost);
  }

  @Override
  public List<Line> readyLines(TeamId team, List<LineSearch> searches) {
    return queue.readyLines(team, searches);
  }

  @Override
  public Claimed claim(
      TeamId team,
      LeaseId holder,
      Duration lease,
      Map<Line, Integer> shares,
      Map<Lane, Instant> impededSince) {
    Claimed claimed = queue.claim(team, holder, lease, shares, impededSince);
    claimed.suppressed().forEach((channel, ended) -> countSuppressed(team, channel, ended));
    return claimed;
  }

  /** Apart from what failed: no server had a word in it. */
  private void countSuppressed(TeamId team, ChannelId channel, int ended) {
    deliveries(kinds.of(team, channel), "suppressed", Optional.of(Cause.SUPPRESSED))
        .increment(ended);
  }

  @Override
  public void renew(TeamId team, Collection<Claim> claims, Duration lease) {
    queue.renew(team, claims, lease);
  }

  @Override
  public List<Claim> handBack(Collection<Claim> claims) {
    return queue.handBack(claims);
  }

  @Override
  public List<TeamId> teamsWithExpiredMail(int atMost) {
    return queue.teamsWithExpiredMail(atMost);
  }

  @Override
  public int expire(TeamId team, int atMost) {
    int ended = queue.expire(team, atMost);
    expired.increment(ended);
    return ended;
  }

  @Override
  public List<WaitingPlace> waitingPlaces(int atMost) {
    return queue.waitingPlaces(atMost);
  }

  @Override
  public int resume(WaitingPlace place) {
    return queue.resume(place);
  }
}
