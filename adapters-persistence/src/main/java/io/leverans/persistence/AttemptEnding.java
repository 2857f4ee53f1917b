package io.leverans.persistence;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.partitioningBy;
import static java.util.stream.Collectors.toMap;

import io.leverans.application.port.out.Claim;
import io.leverans.application.port.out.Settlement;
import io.leverans.domain.delivery.AttemptReport;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.delivery.Evidence;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.NextStep;
import io.leverans.domain.delivery.Outcome;
import io.leverans.domain.team.TeamId;
import io.leverans.persistence.DeliveryMoves.Move;
import io.leverans.persistence.DeliveryMoves.Standing;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * The end of one attempt, in one transaction: its outcomes are written down, deliveries move as far
 * as their states allow, and the dispatch is due again or not. An outcome that comes when the lease
 * was lost counts for the deliveries that no later attempt has taken aboard.
 */
final class AttemptEnding {
  private static final Set<DeliveryState> UNDER_WAY =
      EnumSet.of(DeliveryState.SENDING, DeliveryState.HANDED_OVER);
  private static final Set<DeliveryState> TO_BE_TRIED =
      EnumSet.of(DeliveryState.SCHEDULED, DeliveryState.QUEUED, DeliveryState.WAITING);

  private final Handle handle;
  private final Claim claim;
  private final TeamId team;
  private final DeliveryMoves moves;

  AttemptEnding(Handle handle, Claim claim) {
    this.handle = handle;
    this.claim = claim;
    this.team = claim.dispatch().team();
    this.moves = new DeliveryMoves(handle, team);
  }

  /** Whose the dispatch is by now. */
  private enum Lease {
    OURS,
    ANOTHERS,
    NOBODYS
  }

  /** Whether it counts as tried since it was claimed last, or as waiting for its channel. */
  private enum Clock {
    RUNS,
    STANDS
  }

  private record Locked(Lease lease, Clock clock) {}

  void settle(AttemptReport report, List<Settlement> settlements) {
    Locked dispatch = lockDispatch();
    Map<DeliveryId, Standing> standings = lockAboard();
    Map<DeliveryId, NextStep> steps = new HashMap<>();
    List<Move> made = new ArrayList<>();
    for (Settlement settlement : settlements) {
      Standing standing = standings.get(settlement.delivery());
      if (standing != null && standing.attempt() == claim.dispatch().attempt()) {
        move(standing, settlement)
            .ifPresentOrElse(
                move -> {
                  made.add(move);
                  standings.put(standing.id(), move.after());
                  steps.put(standing.id(), settlement.next());
                },
                () -> addEvidence(standing, settlement.outcome()));
      }
    }
    make(made, dispatch.clock());
    writeDown(report, settlements);
    switch (dispatch.lease()) {
      case OURS -> release(standings, steps);
      case NOBODYS -> makeDue(standings, steps);
      case ANOTHERS -> {}
    }
    moves.file();
  }

  /** That it waits is told when it begins to, not each time that it is looked at again. */
  private void make(List<Move> made, Clock clock) {
    Map<Boolean, List<Move>> byNews =
        made.stream()
            .collect(
                partitioningBy(move -> clock == Clock.RUNS || move.to() != DeliveryState.WAITING));
    moves.make(byNews.getOrDefault(true, List.of()));
    moves.makeUntold(byNews.getOrDefault(false, List.of()));
  }

  private Locked lockDispatch() {
    return handle
        .createQuery(
            """
            SELECT lease_holder, attempt, waiting_since FROM dispatch
             WHERE team_id = :team AND id = :id
               FOR NO KEY UPDATE\
            """)
        .bind("team", team.value())
        .bind("id", claim.dispatch().id().value())
        .map(
            (row, _) ->
                new Locked(
                    lease(Columns.optionalUuid(row, "lease_holder"), row.getInt("attempt")),
                    Columns.optionalInstant(row, "waiting_since").isPresent()
                        ? Clock.STANDS
                        : Clock.RUNS))
        .one();
  }

  private Lease lease(Optional<UUID> holder, int attempt) {
    if (holder.isEmpty()) {
      return Lease.NOBODYS;
    }
    return attempt == claim.dispatch().attempt() && holder.get().equals(claim.lease().value())
        ? Lease.OURS
        : Lease.ANOTHERS;
  }

  private Map<DeliveryId, Standing> lockAboard() {
    return moves
        .lockAboard(List.of(claim.dispatch().message()), List.of(claim.dispatch().id()))
        .stream()
        .collect(toMap(Standing::id, identity()));
  }

  /**
   * An answer that only a hand-over can have, where none was asked for, shows that there was one: a
   * provider at fault must not make us send again.
   */
  private static Optional<Move> move(Standing standing, Settlement settlement) {
    DeliveryFact fact = settlement.next().fact();
    Optional<Evidence> evidence = evidence(settlement.outcome());
    Optional<Failure> failure = failure(settlement.outcome());
    return standing
        .on(fact, evidence, failure)
        .or(
            () ->
                standing
                    .on(DeliveryFact.GO)
                    .flatMap(go -> go.after().on(fact, evidence, failure))
                    .map(move -> new Move(standing, move.to(), fact, evidence, failure)));
  }

  private static Optional<Evidence> evidence(Outcome outcome) {
    return outcome instanceof Outcome.Accepted(Evidence by, _) ? Optional.of(by) : Optional.empty();
  }

  private static Optional<Failure> failure(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Accepted _ -> Optional.empty();
      case Outcome.Deferred(Failure failure, _) -> Optional.of(failure);
      case Outcome.Rejected(Failure failure) -> Optional.of(failure);
      case Outcome.InDoubt(Failure failure) -> Optional.of(failure);
      case Outcome.NotTried(var fault, _) -> Optional.of(Failure.of(fault.cause(), fault.words()));
    };
  }

  /** Empty if only its channel's recovery makes it due. */
  private static Optional<Duration> pause(NextStep next) {
    return switch (next) {
      case NextStep.Settle _ -> Optional.of(Duration.ZERO);
      case NextStep.Return(_, Duration pause) -> Optional.of(pause);
      case NextStep.AwaitChannel _ -> Optional.empty();
    };
  }

  /**
   * The report of a bounce was faster than the answer: it stands, and who accepted is known now.
   */
  private void addEvidence(Standing standing, Outcome outcome) {
    evidence(outcome)
        .ifPresent(
            by ->
                handle
                    .createUpdate(
                        """
                        UPDATE delivery SET evidence = :evidence
                         WHERE team_id = :team AND id = :id AND evidence IS NULL
                           AND state IN ('CONFIRMED', 'BOUNCED', 'COMPLAINED')\
                        """)
                    .bind("team", team.value())
                    .bind("id", standing.id().value())
                    .bind("evidence", by.name())
                    .execute());
  }

  private void writeDown(AttemptReport report, List<Settlement> settlements) {
    handle
        .createUpdate(
            """
            UPDATE attempt a
               SET ended_at = clock_timestamp(), fact = s.fact,
                   failure = nullif(s.failure, '')::jsonb, reference = nullif(s.reference, ''),
                   next_hop = :nextHop::jsonb, transcript = :transcript
              FROM unnest(:ids, :facts, :failures, :references)
                   AS s (id, fact, failure, reference)
             WHERE a.team_id = :team AND a.delivery_id = s.id AND a.number = :attempt\
            """)
        .bind("team", team.value())
        .bind("attempt", claim.dispatch().attempt())
        .bind("nextHop", report.nextHop().map(Json::write))
        .bindArray("transcript", String.class, report.transcript())
        .bindArray("ids", UUID.class, settlements.stream().map(s -> s.delivery().value()).toList())
        .bindArray(
            "facts", String.class, settlements.stream().map(s -> s.next().fact().name()).toList())
        .bindArray(
            "failures",
            String.class,
            settlements.stream()
                .map(s -> failure(s.outcome()).map(Json::write).orElse(""))
                .toList())
        .bindArray(
            "references",
            String.class,
            settlements.stream().map(s -> reference(s.outcome())).toList())
        .execute();
  }

  private static String reference(Outcome outcome) {
    return outcome instanceof Outcome.Accepted(_, String reference) ? reference : "";
  }

  /**
   * Gives the lease back. What was ordered while it was held has no pause. A delivery that got no
   * outcome keeps the lease, so that it is taken back when that runs out.
   *
   * <p>The clock stands from when the channel was at fault first until an attempt is made.
   */
  private void release(Map<DeliveryId, Standing> standings, Map<DeliveryId, NextStep> steps) {
    if (standings.values().stream().anyMatch(standing -> UNDER_WAY.contains(standing.state()))) {
      return;
    }
    List<Standing> left =
        standings.values().stream()
            .filter(standing -> TO_BE_TRIED.contains(standing.state()))
            .toList();
    Optional<Long> pause =
        left.stream()
            .map(standing -> Optional.ofNullable(steps.get(standing.id())))
            .map(step -> step.map(AttemptEnding::pause).orElse(Optional.of(Duration.ZERO)))
            .flatMap(Optional::stream)
            .min(Duration::compareTo)
            .map(Duration::toMillis);
    boolean waiting =
        !left.isEmpty()
            && left.stream().allMatch(standing -> standing.state() == DeliveryState.WAITING);
    handle
        .createUpdate(
            """
            UPDATE dispatch
               SET lease_holder = NULL,
                   due_at = clock_timestamp() + :pause::bigint * interval '1 millisecond',
                   deferrals = deferrals + CASE WHEN :waiting THEN 0 ELSE 1 END,
                   tried_since =
                     CASE WHEN :waiting THEN tried_since
                          ELSE tried_since + coalesce(:startedAt::timestamptz - waiting_since,
                                                 interval '0') END,
                   waiting_since = CASE WHEN :waiting THEN coalesce(waiting_since, now()) END
             WHERE team_id = :team AND id = :id\
            """)
        .bind("team", team.value())
        .bind("id", claim.dispatch().id().value())
        .bind("pause", pause)
        .bind("waiting", waiting)
        .bind("startedAt", claim.dispatch().startedAt().atOffset(ZoneOffset.UTC))
        .execute();
  }

  /** A late answer that asks for another try. */
  private void makeDue(Map<DeliveryId, Standing> standings, Map<DeliveryId, NextStep> steps) {
    steps.entrySet().stream()
        .filter(
            step ->
                Optional.ofNullable(standings.get(step.getKey()))
                    .filter(standing -> TO_BE_TRIED.contains(standing.state()))
                    .isPresent())
        .map(Map.Entry::getValue)
        .map(AttemptEnding::pause)
        .flatMap(Optional::stream)
        .min(Duration::compareTo)
        .ifPresent(
            pause ->
                handle
                    .createUpdate(
                        """
                        UPDATE dispatch
                           SET due_at = least(due_at, clock_timestamp()
                                                      + :pause * interval '1 millisecond')
                         WHERE team_id = :team AND id = :id\
                        """)
                    .bind("team", team.value())
                    .bind("id", claim.dispatch().id().value())
                    .bind("pause", pause.toMillis())
                    .execute());
  }
}
