package io.leverans.persistence;

import static java.util.function.Function.identity;
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

  void settle(AttemptReport report, List<Settlement> settlements) {
    Lease lease = lockDispatch();
    Map<DeliveryId, Standing> standings = lockAboard();
    Map<DeliveryId, Duration> pauses = new HashMap<>();
    List<Move> made = new ArrayList<>();
    for (Settlement settlement : settlements) {
      Standing standing = standings.get(settlement.delivery());
      if (standing != null && standing.attempt() == claim.dispatch().attempt()) {
        move(standing, settlement)
            .ifPresentOrElse(
                move -> {
                  made.add(move);
                  standings.put(standing.id(), move.after());
                  pauses.put(standing.id(), pause(settlement.next()));
                },
                () -> addEvidence(standing, settlement.outcome()));
      }
    }
    moves.make(made);
    writeDown(report, settlements);
    switch (lease) {
      case OURS -> release(standings, pauses);
      case NOBODYS -> makeDue(pauses, standings);
      case ANOTHERS -> {}
    }
    moves.file();
  }

  private Lease lockDispatch() {
    return handle
        .createQuery(
            """
            SELECT lease_holder, attempt FROM dispatch WHERE team_id = :team AND id = :id
               FOR NO KEY UPDATE\
            """)
        .bind("team", team.value())
        .bind("id", claim.dispatch().id().value())
        .map((row, _) -> lease(Columns.optionalUuid(row, "lease_holder"), row.getInt("attempt")))
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

  private static Duration pause(NextStep next) {
    return switch (next) {
      case NextStep.Settle _ -> Duration.ZERO;
      case NextStep.Return(_, Duration pause) -> pause;
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
   */
  private void release(Map<DeliveryId, Standing> standings, Map<DeliveryId, Duration> pauses) {
    if (standings.values().stream().anyMatch(standing -> UNDER_WAY.contains(standing.state()))) {
      return;
    }
    List<Standing> left =
        standings.values().stream()
            .filter(standing -> TO_BE_TRIED.contains(standing.state()))
            .toList();
    Optional<Long> pause =
        left.stream()
            .map(standing -> pauses.getOrDefault(standing.id(), Duration.ZERO))
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
                   waiting_since = CASE WHEN :waiting THEN now() END
             WHERE team_id = :team AND id = :id\
            """)
        .bind("team", team.value())
        .bind("id", claim.dispatch().id().value())
        .bind("pause", pause)
        .bind("waiting", waiting)
        .execute();
  }

  /** A late answer that asks for another try. */
  private void makeDue(Map<DeliveryId, Duration> pauses, Map<DeliveryId, Standing> standings) {
    pauses.entrySet().stream()
        .filter(
            pause ->
                Optional.ofNullable(standings.get(pause.getKey()))
                    .filter(standing -> TO_BE_TRIED.contains(standing.state()))
                    .isPresent())
        .map(Map.Entry::getValue)
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
