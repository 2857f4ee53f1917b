package io.leverans.persistence;

import static java.util.stream.Collectors.groupingBy;

import io.leverans.application.port.out.Claim;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.delivery.DispatchId;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.team.TeamId;
import io.leverans.persistence.DeliveryMoves.Move;
import io.leverans.persistence.DeliveryMoves.Standing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Claims of one team that are given up before their leases run out, in one transaction. */
final class HandBacks {
  private final Handle handle;
  private final TeamId team;
  private final DeliveryMoves moves;

  HandBacks(Handle handle, TeamId team) {
    this.handle = handle;
    this.team = team;
    this.moves = new DeliveryMoves(handle, team);
  }

  /** Those that nobody holds any more. */
  List<Claim> handBack(List<Claim> claims) {
    Map<DispatchId, MessageId> held = lock(claims);
    if (held.isEmpty()) {
      return List.of();
    }
    Map<DispatchId, List<Standing>> aboard =
        moves.lockAboard(held).stream().collect(groupingBy(Standing::dispatch));
    List<DispatchId> untouched =
        held.keySet().stream()
            .filter(id -> aboard.getOrDefault(id, List.of()).stream().noneMatch(HandBacks::isGone))
            .toList();
    List<Move> lost = new ArrayList<>();
    untouched.forEach(
        id ->
            aboard.computeIfPresent(
                id,
                (_, standings) -> standings.stream().map(s -> LostLeases.lose(s, lost)).toList()));
    moves.makeUntold(lost);
    moves.file();
    close(lost);
    Map<DueMail.After, List<DispatchId>> byWhatFollows =
        untouched.stream().collect(groupingBy(id -> after(aboard.getOrDefault(id, List.of()))));
    release("now()", "NULL", byWhatFollows.getOrDefault(DueMail.After.READY, List.of()));
    release(
        "NULL", "send_at", byWhatFollows.getOrDefault(DueMail.After.AWAITS_ITS_HOUR, List.of()));
    release("NULL", "NULL", byWhatFollows.getOrDefault(DueMail.After.NOTHING_LEFT, List.of()));
    return claims.stream().filter(claim -> untouched.contains(claim.dispatch().id())).toList();
  }

  /** What was given another time during the attempt waits for that. */
  private static DueMail.After after(List<Standing> aboard) {
    return aboard.stream().anyMatch(standing -> standing.state() == DeliveryState.SCHEDULED)
        ? DueMail.After.AWAITS_ITS_HOUR
        : DueMail.after(DueMail.Hour.COME, aboard);
  }

  /** What was handed over has an answer coming, or will be in doubt. */
  private static boolean isGone(Standing standing) {
    return standing.state() == DeliveryState.HANDED_OVER;
  }

  /** The fence: only what is still held by who gives it up. */
  private Map<DispatchId, MessageId> lock(Collection<Claim> claims) {
    List<Claim> asked = List.copyOf(claims);
    return handle
        .createQuery(
            """
            SELECT d.id, d.message_id FROM dispatch d
              JOIN unnest(:ids, :attempts, :holders) AS h (id, attempt, holder)
                ON d.id = h.id AND d.attempt = h.attempt AND d.lease_holder = h.holder
             WHERE d.team_id = :team AND d.id = ANY (:ids)
             ORDER BY d.id
               FOR UPDATE OF d\
            """)
        .bind("team", team.value())
        .bind("ids", SqlArray.uuids(Columns.each(asked, claim -> claim.dispatch().id().value())))
        .bind(
            "attempts", SqlArray.integers(Columns.each(asked, claim -> claim.dispatch().attempt())))
        .bind("holders", SqlArray.uuids(Columns.each(asked, claim -> claim.lease().value())))
        .reduceRows(
            new LinkedHashMap<>(),
            (found, row) -> {
              found.put(
                  new DispatchId(row.getColumn("id", UUID.class)),
                  new MessageId(row.getColumn("message_id", UUID.class)));
              return found;
            });
  }

  private void close(List<Move> lost) {
    if (lost.isEmpty()) {
      return;
    }
    handle
        .createUpdate(
            """
            UPDATE attempt a SET fact = :fact, ended_at = statement_timestamp()
              FROM unnest(:ids, :numbers) AS l (id, number)
             WHERE a.team_id = :team AND a.delivery_id = ANY (:ids)
               AND a.delivery_id = l.id AND a.number = l.number\
            """)
        .bind("team", team.value())
        .bind("fact", DeliveryFact.LEASE_LOST.name())
        .bind("ids", SqlArray.uuids(Columns.each(lost, move -> move.from().id().value())))
        .bind("numbers", SqlArray.integers(Columns.each(lost, move -> move.from().attempt())))
        .execute();
  }

  /** Its place in its line is that of its id: the one it had. */
  private void release(String readyAt, String dueAt, List<DispatchId> dispatches) {
    if (dispatches.isEmpty()) {
      return;
    }
    handle
        .createUpdate(
            """
            UPDATE dispatch SET ready_at = <readyAt>, due_at = <dueAt>, lease_holder = NULL
             WHERE team_id = :team AND id = ANY (:ids)\
            """)
        .define("readyAt", readyAt)
        .define("dueAt", dueAt)
        .bind("team", team.value())
        .bind("ids", SqlArray.uuids(Columns.each(dispatches, DispatchId::value)))
        .execute();
  }
}
