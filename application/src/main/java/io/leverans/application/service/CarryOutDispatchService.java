package io.leverans.application.service;

import io.leverans.application.port.in.CarryOutDispatch;
import io.leverans.application.port.out.Channels;
import io.leverans.application.port.out.Claim;
import io.leverans.application.port.out.DispatchQueue;
import io.leverans.application.port.out.Settlement;
import io.leverans.application.port.provider.ChannelProvider;
import io.leverans.application.port.provider.Providers;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.OpenChannel;
import io.leverans.domain.delivery.AttemptReport;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.ChannelFault;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.Dispatch;
import io.leverans.domain.delivery.Envelope;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.NextStep;
import io.leverans.domain.delivery.Outcome;
import io.leverans.domain.delivery.RetrySchedule;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Tries a dispatch once, decides what follows, and writes both down.
 *
 * <p>If the queue cannot be reached for the permission or the settlement, the exception travels on
 * and the lease runs out: the database then knows whether the point of no return was passed.
 */
public final class CarryOutDispatchService implements CarryOutDispatch {
  private final Channels channels;
  private final Providers providers;
  private final DispatchQueue queue;
  private final RetrySchedule schedule;

  public CarryOutDispatchService(
      Channels channels, Providers providers, DispatchQueue queue, RetrySchedule schedule) {
    this.channels = channels;
    this.providers = providers;
    this.queue = queue;
    this.schedule = schedule;
  }

  @Override
  public List<Settlement> carryOut(Claim claim) {
    Optional<Channel> channel = channels.find(claim.dispatch().team(), claim.channel());
    Optional<ChannelProvider> provider = channel.map(Channel::kind).flatMap(providers::find);
    AttemptReport report =
        provider.isPresent()
            ? attempt(claim, open(channel.orElseThrow()), provider.get())
            : notTried(claim.dispatch());
    List<Settlement> settlements = settlements(claim, report);
    queue.settle(claim, asSettled(report, settlements), settlements);
    return settlements;
  }

  private static OpenChannel open(Channel channel) {
    return new OpenChannel(channel.id(), channel.kind(), channel.settings());
  }

  private AttemptReport attempt(Claim claim, OpenChannel channel, ChannelProvider provider) {
    var handOver = new RememberedHandOver(aboard -> queue.permit(claim, aboard));
    try {
      AttemptReport told = provider.transport().attempt(claim.dispatch(), channel, handOver);
      return completed(claim.dispatch(), told, handOver.gone());
    } catch (RuntimeException e) {
      if (handOver.broken()) {
        throw e;
      }
      return broken(claim.dispatch(), handOver.gone(), e);
    }
  }

  private List<Settlement> settlements(Claim claim, AttemptReport report) {
    return claim.dispatch().envelopes().stream()
        .map(Envelope::delivery)
        .map(delivery -> settlement(claim, delivery, report.outcomeFor(delivery)))
        .toList();
  }

  private static AttemptReport asSettled(AttemptReport report, List<Settlement> settlements) {
    return new AttemptReport(
        settlements.stream().collect(Collectors.toMap(Settlement::delivery, Settlement::outcome)),
        report.nextHop(),
        report.transcript());
  }

  private Settlement settlement(Claim claim, DeliveryId delivery, Outcome outcome) {
    NextStep next = schedule.after(outcome, claim.deferrals(), claim.age());
    return new Settlement(delivery, toldWith(next, outcome, claim.deferrals() + 1), next);
  }

  /** What was refused for now is, once given up, no longer late but expired. */
  private static Outcome toldWith(NextStep next, Outcome outcome, int attempts) {
    return next.fact() == DeliveryFact.GAVE_UP
            && outcome instanceof Outcome.Deferred(Failure last, var asked)
        ? new Outcome.Deferred(expired(last, attempts), asked)
        : outcome;
  }

  private static Failure expired(Failure last, int attempts) {
    String words =
        "Given up after %d %s; last: %s"
            .formatted(attempts, attempts == 1 ? "attempt" : "attempts", last.words());
    return new Failure(Cause.DELIVERY_EXPIRED, words, last.status(), last.remoteHost());
  }

  private static AttemptReport notTried(Dispatch dispatch) {
    var fault =
        new ChannelFault(
            Cause.UNDETERMINED,
            "This deployment does not offer the channel's kind.",
            "Name the kind under 'channels' in the configuration, or move the mail to another"
                + " channel.");
    return new AttemptReport(
        outcomes(dispatch, _ -> new Outcome.NotTried(fault, Optional.empty())),
        Optional.empty(),
        List.of());
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
