package io.leverans.persistence;

import io.leverans.application.port.out.Settlement;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.delivery.DispatchId;
import io.leverans.domain.delivery.Evidence;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.NextStep;
import io.leverans.persistence.DeliveryMoves.Move;
import io.leverans.persistence.DeliveryMoves.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What the end of one attempt changes: deliveries move as far as their states allow, and the
 * dispatch is due again or not. An outcome that comes when the lease was lost counts for the
 * deliveries that no later attempt has taken aboard. Decides only; its rows are locked meanwhile.
 */
final class AttemptEnding {
  private static final Set<DeliveryState> UNDER_WAY =
      EnumSet.of(DeliveryState.SENDING, DeliveryState.HANDED_OVER);
  private static final Set<DeliveryFact> NOTHING_TRIED =
      EnumSet.of(DeliveryFact.HELD_BACK, DeliveryFact.REROUTED);
  static final Set<DeliveryState> TO_BE_TRIED =
      EnumSet.of(DeliveryState.SCHEDULED, DeliveryState.QUEUED, DeliveryState.WAITING);

  private final EndedAttempt ended;
  private final Locked dispatch;
  private final Map<DeliveryId, Standing> standings = new LinkedHashMap<>();
  private final Map<DeliveryId, NextStep> steps = new HashMap<>();
  private final List<Move> moves = new ArrayList<>();
  private final List<LateEvidence> evidences = new ArrayList<>();

  AttemptEnding(EndedAttempt ended, Locked dispatch, List<Standing> aboard) {
    this.ended = ended;
    this.dispatch = dispatch;
    aboard.forEach(standing -> standings.put(standing.id(), standing));
    ended.settlements().forEach(this::settle);
  }

  /** A dispatch as it stands: whoever leases it by now, and whether it waits for its channel. */
  record Locked(Optional<UUID> holder, int attempt, Optional<Instant> waitingSince) {}

  /** Who accepted, learnt after something graver about the delivery. */
  record LateEvidence(DeliveryId delivery, Evidence by) {}

  /**
   * The lease given back.
   *
   * @param pause until it is due; empty if nothing is left, or only its channel's recovery counts
   * @param lane where it waits from now on, if that is another one
   */
  record Release(
      DispatchId dispatch,
      Optional<Duration> pause,
      Optional<Lane> lane,
      Clock clock,
      Instant startedAt) {}

  /** A dispatch that a late answer makes due within a time, if it is not sooner. */
  record Due(DispatchId dispatch, Duration pause) {}

  /** Whether the time counts as tried, or as waiting for the channel. */
  enum Clock {
    RUNS,
    /** It is to be tried anew: no attempt counts. */
    RUNS_UNTRIED,
    /**
     * It was not tried, but held back by a pace or for want of a connection, or sent to another
     * lane: no attempt counts, and the pause is spent waiting for its turn. A lane in trouble holds
     * nothing back, but defers.
     */
    RUNS_AFTER_PAUSE,
    STANDS
  }

  /** What has been given another time meanwhile is not what was attempted any more. */
  private void settle(Settlement settlement) {
    Standing standing = standings.get(settlement.delivery());
    if (standing == null
        || standing.attempt() != ended.number()
        || standing.state() == DeliveryState.SCHEDULED) {
      return;
    }
    move(standing, settlement)
        .ifPresentOrElse(
            move -> {
              moves.add(move);
              standings.put(standing.id(), move.after());
              steps.put(standing.id(), settlement.next());
            },
            () ->
                EndedAttempt.evidence(settlement.outcome())
                    .ifPresent(by -> evidences.add(new LateEvidence(standing.id(), by))));
  }

  /**
   * An answer that only a hand-over can have, where none was asked for, shows that there was one: a
   * provider at fault must not make us send again.
   */
  private static Optional<Move> move(Standing standing, Settlement settlement) {
    DeliveryFact fact = settlement.next().fact();
    Optional<Evidence> evidence = EndedAttempt.evidence(settlement.outcome());
    Optional<Failure> failure = EndedAttempt.failure(settlement.outcome());
    return standing
        .on(fact, evidence, failure)
        .or(
            () ->
                standing
                    .on(DeliveryFact.GO)
                    .flatMap(go -> go.after().on(fact, evidence, failure))
                    .map(move -> new Move(standing, move.to(), fact, evidence, failure)));
  }

  /** How many deliveries moved. */
  int moved() {
    return moves.size();
  }

  /** The moves that are told of. That it waits is told when it begins to, not each time. */
  List<Move> told() {
    return moves.stream().filter(this::isNews).toList();
  }

  List<Move> untold() {
    return moves.stream().filter(move -> !isNews(move)).toList();
  }

  private boolean isNews(Move move) {
    return dispatch.waitingSince().isEmpty() || move.to() != DeliveryState.WAITING;
  }

  List<LateEvidence> lateEvidences() {
    return List.copyOf(evidences);
  }

  /**
   * The lease, given back if it is still this attempt's. A delivery that got no outcome keeps it,
   * so that it is taken back when it runs out. What was ordered while it was held has no pause.
   */
  Optional<Release> release() {
    boolean ours =
        dispatch.attempt() == ended.number()
            && dispatch.holder().equals(Optional.of(ended.claim().lease().value()));
    if (!ours || standings.values().stream().anyMatch(s -> UNDER_WAY.contains(s.state()))) {
      return Optional.empty();
    }
    List<Standing> left = left().toList();
    Optional<Duration> pause =
        left.stream()
            .map(standing -> Optional.ofNullable(steps.get(standing.id())))
            .map(step -> step.map(AttemptEnding::pause).orElse(Optional.of(Duration.ZERO)))
            .flatMap(Optional::stream)
            .min(Duration::compareTo);
    return Optional.of(
        new Release(
            ended.claim().dispatch().id(),
            pause,
            lane(left),
            clock(left),
            ended.claim().dispatch().startedAt()));
  }

  private Optional<Lane> lane(List<Standing> left) {
    return left.stream()
        .map(standing -> steps.get(standing.id()))
        .flatMap(
            step -> step instanceof NextStep.Reroute(_, Lane lane) ? Stream.of(lane) : Stream.of())
        .findFirst();
  }

  private Clock clock(List<Standing> left) {
    if (!left.isEmpty() && left.stream().allMatch(s -> s.state() == DeliveryState.WAITING)) {
      return Clock.STANDS;
    }
    if (!left.isEmpty() && left.stream().allMatch(s -> s.state() == DeliveryState.SCHEDULED)) {
      return Clock.RUNS_UNTRIED;
    }
    boolean untried =
        ended.settlements().stream().allMatch(s -> NOTHING_TRIED.contains(s.next().fact()));
    return untried ? Clock.RUNS_AFTER_PAUSE : Clock.RUNS;
  }

  /** Present if a late answer, when nobody holds the lease, asks for another try. */
  Optional<Due> due() {
    return dispatch.holder().isPresent()
        ? Optional.empty()
        : left()
            .flatMap(standing -> Stream.ofNullable(steps.get(standing.id())))
            .map(AttemptEnding::pause)
            .flatMap(Optional::stream)
            .min(Duration::compareTo)
            .map(pause -> new Due(ended.claim().dispatch().id(), pause));
  }

  private Stream<Standing> left() {
    return standings.values().stream().filter(s -> TO_BE_TRIED.contains(s.state()));
  }

  /** Empty if only its channel's recovery makes it due. */
  private static Optional<Duration> pause(NextStep next) {
    return switch (next) {
      case NextStep.Settle _, NextStep.Reroute _ -> Optional.of(Duration.ZERO);
      case NextStep.Return(_, Duration pause) -> Optional.of(pause);
      case NextStep.AwaitChannel _ -> Optional.empty();
    };
  }
}
