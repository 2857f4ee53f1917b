package io.leverans.application.service.sending;

import io.leverans.application.port.in.CarryOutDispatch;
import io.leverans.application.port.out.Channels;
import io.leverans.application.port.out.Claim;
import io.leverans.application.port.out.DispatchQueue;
import io.leverans.application.port.out.Lanes;
import io.leverans.application.port.out.Settlement;
import io.leverans.application.port.provider.ChannelProvider;
import io.leverans.application.port.provider.Providers;
import io.leverans.application.service.channel.UsableChannels;
import io.leverans.application.service.channel.UsableChannels.Opening;
import io.leverans.application.service.channel.UsableChannels.Tried;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelHealth;
import io.leverans.domain.channel.OpenChannel;
import io.leverans.domain.channel.PacedLane;
import io.leverans.domain.delivery.AttemptReport;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.ChannelFault;
import io.leverans.domain.delivery.ChannelFault.Certainty;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.Dispatch;
import io.leverans.domain.delivery.Envelope;
import io.leverans.domain.delivery.Expiry;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.NextStep;
import io.leverans.domain.delivery.Outcome;
import io.leverans.domain.delivery.RetrySchedule;
import io.leverans.domain.delivery.RetrySchedules;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Tries a dispatch once, decides what follows, and writes both down, whatever becomes of what the
 * attempt showed of its channel and its lane: that is told before, and shows again.
 *
 * <p>If the queue cannot be reached for the permission or the settlement, the exception travels on
 * and the lease runs out: the database then knows whether the point of no return was passed.
 */
public final class CarryOutDispatchService implements CarryOutDispatch {
  private static final ChannelFault KIND_NOT_OFFERED =
      new ChannelFault(
          Cause.UNDETERMINED,
          "This deployment does not offer the channel's kind.",
          "Name the kind under 'channels' in the configuration, or move the mail to another"
              + " channel.",
          Certainty.CERTAIN);
  private static final ChannelFault CHANNEL_REMOVED =
      new ChannelFault(
          Cause.UNDETERMINED,
          "The channel was removed.",
          "Move the mail to another channel.",
          Certainty.CERTAIN);

  private final Channels channels;
  private final Providers providers;
  private final DispatchQueue queue;
  private final Lanes lanes;
  private final LaneTraffic traffic;
  private final LaneReporter reporter;
  private final RetrySchedules schedules;
  private final UsableChannels usable;
  private final Consumer<CarryOutDispatch.Breakdown> breakdowns;

  /**
   * Carries out by these schedules.
   *
   * @param breakdowns hears of transports that broke off by a fault of ours
   */
  public CarryOutDispatchService(
      Channels channels,
      Providers providers,
      DispatchQueue queue,
      Lanes lanes,
      LaneTraffic traffic,
      RetrySchedules schedules,
      UsableChannels usable,
      Consumer<CarryOutDispatch.Breakdown> breakdowns) {
    this.channels = channels;
    this.providers = providers;
    this.queue = queue;
    this.lanes = lanes;
    this.traffic = traffic;
    this.reporter = new LaneReporter(lanes, traffic);
    this.schedules = schedules;
    this.usable = usable;
    this.breakdowns = breakdowns;
  }

  @Override
  public List<Settlement> carryOut(Claim claim) {
    try {
      return triedOnce(claim);
    } finally {
      traffic.ended(claim);
    }
  }

  private List<Settlement> triedOnce(Claim claim) {
    Optional<Tried<AttemptReport>> tried =
        channels
            .find(claim.dispatch().team(), claim.channel())
            .map(channel -> through(channel, claim));
    traffic.spoken(claim);
    AttemptReport report =
        tried
            .map(Tried::result)
            .orElseGet(() -> notTried(claim.dispatch(), CHANNEL_REMOVED, Optional.empty()));
    if (report.outcomes().values().stream().anyMatch(CarryOutDispatchService::tookConversation)) {
      traffic.conversed(claim.dispatch().lane());
    }
    List<Settlement> settlements =
        settlements(claim, report, schedules.of(tried.map(Tried::channel)));
    try {
      tried.ifPresent(made -> tellHealth(made.channel(), claim, report));
      reporter.tell(claim, report);
    } finally {
      queue.settle(claim, asSettled(report, settlements), settlements);
    }
    return settlements;
  }

  private Tried<AttemptReport> through(Channel channel, Claim claim) {
    Instant now = claim.dispatch().startedAt();
    if (channel.health() instanceof ChannelHealth.NeedsAttention(var fault, _, var until)
        && !isReady(channel, claim)) {
      Optional<Duration> wait = until.map(end -> Duration.between(now, end));
      return new Tried<>(channel, notTried(claim.dispatch(), fault, wait));
    }
    Optional<ChannelProvider> provider = providers.find(channel.kind());
    if (provider.isEmpty()) {
      return new Tried<>(channel, notTried(claim.dispatch(), KIND_NOT_OFFERED, Optional.empty()));
    }
    return usable.attempt(
        claim.dispatch().team(),
        channel,
        provider.get(),
        opening ->
            through(
                opening,
                ChannelPace.passed(claim.dispatch().lane(), channel, provider.get()),
                claim,
                provider.get()),
        CarryOutDispatchService::wasNotLetIn);
  }

  private AttemptReport through(
      Opening opening, List<PacedLane> passed, Claim claim, ChannelProvider provider) {
    return switch (opening) {
      case Opening.Ready(var open) -> attempt(claim, open, passed, provider);
      case Opening.AtFault(var fault, var until) -> notTried(claim.dispatch(), fault, until);
      case Opening.NotNow(var words) -> {
        Failure failure = Failure.of(Cause.NETWORK_FAILURE, words);
        yield report(claim.dispatch(), new Outcome.Deferred(failure, Optional.empty()));
      }
    };
  }

  /** Nothing was tried, so that nothing is handed over twice. */
  private static boolean wasNotLetIn(AttemptReport report) {
    return report.outcomes().values().stream()
        .allMatch(
            outcome ->
                outcome instanceof Outcome.NotTried(var fault, _)
                    && UsableChannels.maySayThatAccessIsWornOut(fault));
  }

  /** With a server, or sought in vain with each of them. */
  private static boolean tookConversation(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Accepted _, Outcome.Deferred _, Outcome.Rejected _, Outcome.InDoubt _ -> true;
      case Outcome.HeldBack _, Outcome.Rerouted _, Outcome.NotTried _ -> false;
    };
  }

  /** What the attempt, if one was made, showed of the channel itself. */
  private void tellHealth(Channel channel, Claim claim, AttemptReport report) {
    TeamId team = claim.dispatch().team();
    for (Outcome outcome : report.outcomes().values()) {
      if (outcome instanceof Outcome.NotTried(var fault, var until)) {
        if (!fault.equals(KIND_NOT_OFFERED) && isReady(channel, claim)) {
          var _ = channels.faulted(team, channel, fault, until);
        }
        return;
      }
    }
    boolean spokenWith =
        report.outcomes().values().stream()
            .anyMatch(o -> o instanceof Outcome.Accepted || o instanceof Outcome.Rejected);
    if (spokenWith && !(channel.health() instanceof ChannelHealth.Connected)) {
      var _ = channels.worked(team, channel.id());
    }
  }

  private static boolean isReady(Channel channel, Claim claim) {
    return channel.health().at(claim.dispatch().startedAt()) == ChannelHealth.Readiness.READY;
  }

  private AttemptReport attempt(
      Claim claim, OpenChannel channel, List<PacedLane> passed, ChannelProvider provider) {
    var paced = new PacedHandOver(claim, passed, lanes, traffic, queue);
    var handOver = new RememberedHandOver(paced);
    try {
      provider
          .conversations(channel.settings())
          .ifPresent(speaking -> traffic.bears(claim.dispatch().lane(), speaking));
      AttemptReport told = provider.transport().attempt(claim.dispatch(), channel, handOver);
      return heldBackFor(paced.reopens(), completed(claim.dispatch(), told, handOver.gone()));
    } catch (RuntimeException e) {
      if (handOver.broken()) {
        throw e;
      }
      breakdowns.accept(new CarryOutDispatch.Breakdown(claim, e));
      return broken(claim.dispatch(), handOver.gone(), e);
    }
  }

  private static AttemptReport heldBackFor(Duration reopens, AttemptReport report) {
    Map<DeliveryId, Outcome> outcomes = new HashMap<>(report.outcomes());
    outcomes.replaceAll(
        (_, outcome) ->
            outcome instanceof Outcome.HeldBack(var own)
                ? new Outcome.HeldBack(own.compareTo(reopens) > 0 ? own : reopens)
                : outcome);
    return new AttemptReport(outcomes, report.nextHop(), report.transcript());
  }

  private static List<Settlement> settlements(
      Claim claim, AttemptReport report, RetrySchedule schedule) {
    return claim.dispatch().envelopes().stream()
        .map(Envelope::delivery)
        .map(delivery -> settlement(claim, delivery, report.outcomeFor(delivery), schedule))
        .toList();
  }

  private static AttemptReport asSettled(AttemptReport report, List<Settlement> settlements) {
    return new AttemptReport(
        settlements.stream().collect(Collectors.toMap(Settlement::delivery, Settlement::outcome)),
        report.nextHop(),
        report.transcript());
  }

  private static Settlement settlement(
      Claim claim, DeliveryId delivery, Outcome outcome, RetrySchedule schedule) {
    NextStep next = schedule.after(outcome, claim.deferrals(), claim.age());
    return new Settlement(delivery, toldWith(next, outcome, claim.deferrals() + 1), next);
  }

  /** What was refused for now is, once given up, no longer late but expired. */
  private static Outcome toldWith(NextStep next, Outcome outcome, int attempts) {
    return next.fact() == DeliveryFact.GAVE_UP
            && outcome instanceof Outcome.Deferred(Failure last, var asked, var sign)
        ? new Outcome.Deferred(Expiry.afterAttempts(last, attempts), asked, sign)
        : outcome;
  }

  private static AttemptReport notTried(
      Dispatch dispatch, ChannelFault fault, Optional<Duration> until) {
    return report(dispatch, new Outcome.NotTried(fault, until));
  }

  private static AttemptReport report(Dispatch dispatch, Outcome outcome) {
    return new AttemptReport(outcomes(dispatch, _ -> outcome), Optional.empty(), List.of());
  }

  /** An outcome for each aboard, and for nobody else, whatever the transport told. */
  private static AttemptReport completed(
      Dispatch dispatch, AttemptReport told, Set<DeliveryId> gone) {
    Function<DeliveryId, Outcome> missing = untold(gone, "the transport told no outcome");
    return new AttemptReport(
        outcomes(
            dispatch,
            delivery ->
                Optional.ofNullable(told.outcomes().get(delivery))
                    .orElseGet(() -> missing.apply(delivery))),
        told.nextHop(),
        told.transcript());
  }

  private static AttemptReport broken(
      Dispatch dispatch, Set<DeliveryId> gone, RuntimeException bug) {
    return new AttemptReport(
        outcomes(dispatch, untold(gone, bug.toString())), Optional.empty(), List.of());
  }

  /** A transport with a bug: what it may have handed over is in doubt, the rest is tried again. */
  private static Function<DeliveryId, Outcome> untold(Set<DeliveryId> gone, String bug) {
    Failure failure = Failure.of(Cause.UNDETERMINED, "Leverans itself failed: " + bug);
    return delivery ->
        gone.contains(delivery)
            ? new Outcome.InDoubt(failure)
            : new Outcome.Deferred(failure, Optional.empty());
  }

  private static Map<DeliveryId, Outcome> outcomes(
      Dispatch dispatch, Function<DeliveryId, Outcome> outcome) {
    return dispatch.envelopes().stream()
        .map(Envelope::delivery)
        .collect(Collectors.toMap(Function.identity(), outcome));
  }
}
