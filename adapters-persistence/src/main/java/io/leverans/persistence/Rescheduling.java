package io.leverans.persistence;

import io.leverans.application.view.EventKind;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.Schedule;
import io.leverans.domain.message.TimeChange;
import io.leverans.domain.team.TeamId;
import io.leverans.persistence.DeliveryMoves.Move;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Gives other times to all of one message that is not yet handed over, in one transaction. An
 * attempt under way keeps its lease and gets no GO: its deliveries are no longer in the state for
 * one, and whoever gives the lease back makes them due at their time.
 */
final class Rescheduling {
  private final Handle handle;
  private final TeamId team;
  private final DeliveryMoves moves;

  Rescheduling(Handle handle, TeamId team) {
    this.handle = handle;
    this.team = team;
    this.moves = new DeliveryMoves(handle, team);
  }

  /** How many deliveries have other times now. */
  int carryOut(MessageId message, TimeChange sending, TimeChange expiry) {
    List<Move> left =
        moves.lockAll(message).stream()
            .flatMap(standing -> standing.on(DeliveryFact.RESCHEDULED).stream())
            .toList();
    if (left.isEmpty()) {
      return 0;
    }
    List<UUID> dispatches =
        left.stream().map(move -> move.from().dispatch().value()).distinct().toList();
    switch (sending) {
      case TimeChange.Keep() -> tellOf(left, expire(dispatches, expiry));
      case TimeChange.Clear() -> send(left, dispatches, Optional.empty(), expiry);
      case TimeChange.To(Instant time) -> send(left, dispatches, Optional.of(time), expiry);
    }
    return left.size();
  }

  /** Its time counts anew. What is to be sent now has the time of now. */
  private void send(
      List<Move> left, List<UUID> dispatches, Optional<Instant> at, TimeChange expiry) {
    setExpiry(dispatches, expiry);
    Schedule schedule =
        handle
            .createQuery(
                """
                UPDATE dispatch
                   SET send_at = t.at,
                       tried_since = t.at,
                       deferrals = 0,
                       waiting_since = NULL,
                       due_at = CASE WHEN lease_holder IS NULL THEN t.at ELSE due_at END,
                       ready_at = NULL
                  FROM (SELECT coalesce(:at::timestamptz, now()) AS at OFFSET 0) t
                 WHERE team_id = :team AND id = ANY (:ids)
                RETURNING send_at, expires_at\
                """)
            .bind("at", at.map(Rescheduling::utc))
            .bind("team", team.value())
            .bind("ids", SqlArray.uuids(dispatches))
            .map((row, _) -> Columns.schedule(row))
            .list()
            .getFirst();
    moves.make(left, told(schedule));
    moves.file();
  }

  private Schedule expire(List<UUID> dispatches, TimeChange expiry) {
    setExpiry(dispatches, expiry);
    return handle
        .createQuery(
            """
            SELECT send_at, expires_at FROM dispatch
             WHERE team_id = :team AND id = ANY (:ids)\
            """)
        .bind("team", team.value())
        .bind("ids", SqlArray.uuids(dispatches))
        .map((row, _) -> Columns.schedule(row))
        .list()
        .getFirst();
  }

  private void setExpiry(List<UUID> dispatches, TimeChange expiry) {
    switch (expiry) {
      case TimeChange.Keep() -> {}
      case TimeChange.Clear() -> setExpiry(dispatches, Optional.empty());
      case TimeChange.To(Instant time) -> setExpiry(dispatches, Optional.of(time));
    }
  }

  private void setExpiry(List<UUID> dispatches, Optional<Instant> at) {
    handle
        .createUpdate(
            "UPDATE dispatch SET expires_at = :at::timestamptz WHERE team_id = :team AND id = ANY"
                + " (:ids)")
        .bind("at", at.map(Rescheduling::utc))
        .bind("team", team.value())
        .bind("ids", SqlArray.uuids(dispatches))
        .execute();
  }

  /** Nothing moves: what is being sent goes on. */
  private void tellOf(List<Move> left, Schedule schedule) {
    Map<String, String> told = told(schedule);
    JdbiEvents.write(
        handle,
        team,
        left.stream()
            .map(Move::from)
            .map(
                standing ->
                    new JdbiEvents.Draft(
                        EventKind.DELIVERY_RESCHEDULED,
                        DeliveryMoves.eventData(
                            standing, standing.state(), Optional.empty(), Optional.empty(), told)))
            .toList());
  }

  private static Map<String, String> told(Schedule schedule) {
    Map<String, String> told = new LinkedHashMap<>();
    schedule.sendAt().ifPresent(time -> told.put("sendAt", time.toString()));
    schedule.expiresAt().ifPresent(time -> told.put("expiresAt", time.toString()));
    return told;
  }

  private static OffsetDateTime utc(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }
}
