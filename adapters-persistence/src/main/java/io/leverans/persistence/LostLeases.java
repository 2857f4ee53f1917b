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
 * the schedule says what follows for what it had not handed over. Takes back first; then it can be
 * asked to pause what is to pause, and what it did.
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
    closeAttempts(lost);
    follow(ages, aboard);
    moves.make(givenUp);
    closeAttempts(givenUp);
    givenUp.forEach(
        move ->
            aboard.computeIfPresent(
                move.from().dispatch(), (_, standings) -> replace(standings, move.after())));
  }

  private static List<Standing> replace(List<Standing> standings, Standing moved) {
    return standings.stream().map(each -> each.id().equals(moved.id()) ? moved : each).toList();
  }

  /**
   * Makes due again later those whose attempts break off again and again. They were tried: they do
   * not wait for their channel any more.
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
                   due_at = now() + r.pause * (1 + :spread * random()) * interval '1 millisecond',
                   tried_since = r.tried_since, waiting_since = NULL
              FROM (SELECT o.id, p.pause,
                           o.tried_since + coalesce(now() - o.waiting_since, interval '0')
                             AS tried_since
                      FROM unnest(:ids, :pauses) AS p (id, pause)
                      JOIN dispatch o ON o.team_id = :team AND o.id = p.id
                     WHERE o.id = ANY (:ids)
                    OFFSET 0) r
             WHERE d.team_id = :team AND d.id = ANY (:ids) AND d.id = r.id\
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

  private void closeAttempts(List<Move> by) {
    if (by.isEmpty()) {
      return;
    }
    handle
        .createUpdate(
            """
            UPDATE attempt a
               SET fact = l.fact, failure = nullif(l.failure, '')::jsonb
              FROM unnest(:ids, :numbers, :facts, :failures) AS l (id, number, fact, failure)
             WHERE a.team_id = :team AND a.delivery_id = ANY (:ids)
               AND a.delivery_id = l.id AND a.number = l.number\
            """)
        .bind("team", team.value())
        .bind("ids", SqlArray.uuids(Columns.each(by, move -> move.from().id().value())))
        .bind("numbers", SqlArray.integers(Columns.each(by, move -> move.from().attempt())))
        .bind("facts", SqlArray.texts(Columns.each(by, move -> move.fact().name())))
        .bind("failures", SqlArray.texts(Columns.each(by, Move::failureText)))
        .execute();
  }

  private void follow(Map<DispatchId, Duration> ages, Map<DispatchId, List<Standing>> aboard) {
    List<Standing> queued =
        lost.stream().filter(m -> m.to() == DeliveryState.QUEUED).map(Move::after).toList();
    Map<DeliveryId, Integer> breaks = breaks(queued);
    queued.stream()
        .collect(groupingBy(Standing::dispatch))
        .forEach(
            (dispatch, broken) -> {
              int inARow =
                  broken.stream()
                      .mapToInt(each -> breaks.getOrDefault(each.id(), 1))
                      .min()
                      .orElse(1);
              boolean alone = isAllThatIsLeft(broken, aboard.getOrDefault(dispatch, List.of()));
              schedule
                  .pauseAfterBreak(inARow, ages.getOrDefault(dispatch, Duration.ZERO))
                  .ifPresentOrElse(
                      pause -> pauses.put(dispatch, alone ? pause : Duration.ZERO),
                      () -> broken.forEach(each -> giveUp(each, inARow)));
            });
    pauses.values().removeIf(Duration::isZero);
  }

  /** What was ordered while the lease was held has no pause. */
  private static boolean isAllThatIsLeft(List<Standing> broken, List<Standing> aboard) {
    return broken.size()
        == aboard.stream().filter(s -> AttemptEnding.TO_BE_TRIED.contains(s.state())).count();
  }

  private void giveUp(Standing standing, int inARow) {
    standing
        .on(DeliveryFact.GAVE_UP, Optional.empty(), Optional.of(Expiry.afterBreaks(inARow)))
        .ifPresent(givenUp::add);
  }

  /**
   * How many attempts of each broke off before the hand-over since one did not, without those that
   * were handed back, and those through a channel that it was moved away from: they have an end.
   */
  private Map<DeliveryId, Integer> breaks(List<Standing> of) {
    return handle
        .createQuery(
            """
            SELECT a.delivery_id, count(*) AS breaks FROM attempt a
             WHERE a.team_id = :team AND a.delivery_id = ANY (:ids)
               AND a.fact = 'LEASE_LOST' AND a.ended_at IS NULL AND a.handed_over_at IS NULL
               AND a.number > (SELECT coalesce(max(b.number), 0) FROM attempt b
                                WHERE b.team_id = :team AND b.delivery_id = a.delivery_id
                                  AND (b.fact <> 'LEASE_LOST' OR b.handed_over_at IS NOT NULL))
             GROUP BY a.delivery_id\
            """)
        .bind("team", team.value())
        .bind("ids", SqlArray.uuids(Columns.each(of, each -> each.id().value())))
        .map(
            (row, _) ->
                Map.entry(new DeliveryId(Columns.uuid(row, "delivery_id")), row.getInt("breaks")))
        .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
