package io.leverans.persistence;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toUnmodifiableSet;

import io.leverans.application.port.out.DispatchQueue.TakenBack;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.delivery.DispatchId;
import io.leverans.domain.delivery.Expiry;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.RetrySchedule;
import io.leverans.domain.team.TeamId;
import io.leverans.persistence.DeliveryMoves.Move;
import io.leverans.persistence.DeliveryMoves.Standing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Attempts of one team whose leases have run out, in the caller's transaction: each is ended, and
 * the schedule says what follows for what it had not handed over.
 */
final class LostLeases {
  private static final Failure LOST_AFTER_HAND_OVER =
      Failure.of(
          Cause.UNDETERMINED,
          "The message was handed over, then sending was interrupted before the answer came. It may"
              + " have arrived.");

  private final Handle handle;
  private final TeamId team;
  private final DeliveryMoves moves;
  private final RetrySchedule schedule;
  private final List<Move> lost = new ArrayList<>();
  private final List<Move> givenUp = new ArrayList<>();
  private final Map<DispatchId, Duration> pauses = new HashMap<>();

  LostLeases(Handle handle, TeamId team, DeliveryMoves moves, RetrySchedule schedule) {
    this.handle = handle;
    this.team = team;
    this.moves = moves;
    this.schedule = schedule;
  }

  /**
   * Ends the attempts, and puts into {@code aboard} what follows.
   *
   * @param ages for how long each of the dispatches has been tried
   */
  void takeBack(Map<DispatchId, Duration> ages, Map<DispatchId, List<Standing>> aboard) {
    ages.keySet()
        .forEach(
            dispatch ->
                aboard.computeIfPresent(
                    dispatch,
                    (_, standings) -> standings.stream().map(each -> lose(each, lost)).toList()));
    if (lost.isEmpty()) {
      return;
    }
    moves.make(lost);
    closeAttempts();
    follow(ages);
    moves.make(givenUp);
    givenUp.forEach(
        move ->
            aboard.computeIfPresent(
                move.from().dispatch(), (_, standings) -> replace(standings, move.after())));
  }

  private static List<Standing> replace(List<Standing> standings, Standing moved) {
    return standings.stream().map(each -> each.id().equals(moved.id()) ? moved : each).toList();
  }

  /**
   * Makes due again later those whose attempts break off again and again.
   *
   * @return which of them those are
   */
  Set<DispatchId> pause(List<DispatchId> dispatches) {
    List<Map.Entry<DispatchId, Duration>> paused =
        pauses.entrySet().stream().filter(each -> dispatches.contains(each.getKey())).toList();
    if (paused.isEmpty()) {
      return Set.of();
    }
    handle
        .createUpdate(
            """
            UPDATE dispatch d
               SET lease_holder = NULL,
                   due_at = now() + p.pause * (1 + :spread * random()) * interval '1 millisecond'
              FROM unnest(:ids, :pauses) AS p (id, pause)
             WHERE d.team_id = :team AND d.id = ANY (:ids) AND d.id = p.id\
            """)
        .bind("team", team.value())
        .bind("ids", SqlArray.uuids(Columns.each(paused, each -> each.getKey().value())))
        .bind("pauses", SqlArray.longs(Columns.each(paused, each -> each.getValue().toMillis())))
        .bind("spread", AttemptEndings.SPREAD)
        .execute();
    return paused.stream().map(Map.Entry::getKey).collect(toUnmodifiableSet());
  }

  TakenBack count() {
    int inDoubt = (int) lost.stream().filter(m -> m.to() == DeliveryState.IN_DOUBT).count();
    return new TakenBack(lost.size() - inDoubt - givenUp.size(), inDoubt, givenUp.size());
  }

  static Standing lose(Standing standing, List<Move> lost) {
    Optional<Failure> failure =
        standing.state() == DeliveryState.HANDED_OVER
            ? Optional.of(LOST_AFTER_HAND_OVER)
            : Optional.empty();
    Optional<Move> move = standing.on(DeliveryFact.LEASE_LOST, Optional.empty(), failure);
    move.ifPresent(lost::add);
    return move.map(Move::after).orElse(standing);
  }

  private void closeAttempts() {
    handle
        .createUpdate(
            """
            UPDATE attempt a
               SET fact = 'LEASE_LOST', failure = nullif(l.failure, '')::jsonb
              FROM unnest(:ids, :numbers, :failures) AS l (id, number, failure)
             WHERE a.team_id = :team AND a.delivery_id = ANY (:ids)
               AND a.delivery_id = l.id AND a.number = l.number\
            """)
        .bind("team", team.value())
        .bind("ids", SqlArray.uuids(lost.stream().map(m -> m.from().id().value()).toList()))
        .bind("numbers", SqlArray.integers(lost.stream().map(m -> m.from().attempt()).toList()))
        .bind("failures", SqlArray.texts(lost.stream().map(Move::failureText).toList()))
        .execute();
  }

  private void follow(Map<DispatchId, Duration> ages) {
    List<Standing> queued =
        lost.stream().filter(m -> m.to() == DeliveryState.QUEUED).map(Move::after).toList();
    Map<DeliveryId, Integer> breaks = breaks(queued);
    queued.stream()
        .collect(groupingBy(Standing::dispatch))
        .forEach(
            (dispatch, of) -> {
              int inARow =
                  of.stream().mapToInt(each -> breaks.getOrDefault(each.id(), 1)).min().orElse(1);
              schedule
                  .pauseAfterBreak(inARow, ages.getOrDefault(dispatch, Duration.ZERO))
                  .ifPresentOrElse(
                      pause -> pauses.put(dispatch, pause),
                      () -> of.forEach(each -> giveUp(each, inARow)));
            });
    pauses.values().removeIf(Duration::isZero);
  }

  private void giveUp(Standing standing, int inARow) {
    standing
        .on(DeliveryFact.GAVE_UP, Optional.empty(), Optional.of(Expiry.afterBreaks(inARow)))
        .ifPresent(givenUp::add);
  }

  /**
   * How many attempts of each broke off since one had an end, without those that were handed back.
   */
  private Map<DeliveryId, Integer> breaks(List<Standing> of) {
    return handle
        .createQuery(
            """
            SELECT a.delivery_id, count(*) AS breaks FROM attempt a
             WHERE a.team_id = :team AND a.delivery_id = ANY (:ids)
               AND a.fact = 'LEASE_LOST' AND a.ended_at IS NULL
               AND a.number > (SELECT coalesce(max(b.number), 0) FROM attempt b
                                WHERE b.team_id = :team AND b.delivery_id = a.delivery_id
                                  AND b.fact <> 'LEASE_LOST')
             GROUP BY a.delivery_id\
            """)
        .bind("team", team.value())
        .bind("ids", SqlArray.uuids(of.stream().map(each -> each.id().value()).toList()))
        .map(
            (row, _) ->
                Map.entry(new DeliveryId(Columns.uuid(row, "delivery_id")), row.getInt("breaks")))
        .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
