package io.leverans.persistence;

import static java.util.stream.Collectors.toMap;

import io.leverans.application.port.out.NewMail.PlannedDelivery;
import io.leverans.application.port.out.NewMail.PlannedDispatch;
import io.leverans.application.port.out.WaitingMail.Moved;
import io.leverans.application.port.out.WaitingMail.MovedMessage;
import io.leverans.application.view.EventKind;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.delivery.DispatchId;
import io.leverans.domain.team.TeamId;
import io.leverans.persistence.DeliveryMoves.Standing;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * The move of what is left of one message to another channel, in one transaction. What was tried
 * through the old channel stays with the dispatches and the bytes that it was tried by.
 */
final class ChannelMove {
  private static final Set<DeliveryState> LEFT =
      EnumSet.of(DeliveryState.SCHEDULED, DeliveryState.QUEUED, DeliveryState.WAITING);

  private final Handle handle;
  private final TeamId team;
  private final MovedMessage moved;
  private final DeliveryMoves moves;

  ChannelMove(Handle handle, TeamId team, MovedMessage moved) {
    this.handle = handle;
    this.team = team;
    this.moved = moved;
    this.moves = new DeliveryMoves(handle, team);
  }

  /** A dispatch through the old channel, locked. */
  private record Old(DispatchId id, Optional<UUID> lease) {}

  Moved carryOut() {
    List<Old> old = lockDispatches();
    List<Standing> left =
        moves.lockAboard(old.stream().collect(toMap(Old::id, _ -> moved.message()))).stream()
            .filter(standing -> LEFT.contains(standing.state()))
            .toList();
    if (old.stream().anyMatch(dispatch -> dispatch.lease().isPresent())
        || left.isEmpty()
        || !deliveries(left).equals(planned())) {
      return Moved.CHANGED_MEANWHILE;
    }
    storeContent();
    insertDispatches();
    moves.rest(old.stream().map(Old::id).toList());
    closeBreaks(left);
    moves.makeUntold(
        left.stream()
            .flatMap(standing -> standing.on(DeliveryFact.CHANNEL_READY).stream())
            .toList());
    readdress();
    tell();
    moves.file();
    return Moved.MOVED;
  }

  private List<Old> lockDispatches() {
    return handle
        .createQuery(
            """
            SELECT id, lease_holder FROM dispatch
             WHERE team_id = :team AND channel_id = :from
               AND id IN (SELECT dispatch_id FROM delivery
                           WHERE team_id = :team AND message_id = :message)
             ORDER BY id
               FOR NO KEY UPDATE\
            """)
        .bind("team", team.value())
        .bind("message", moved.message().value())
        .bind("from", moved.from().value())
        .map(
            (row, _) ->
                new Old(
                    new DispatchId(Columns.uuid(row, "id")),
                    Columns.optionalUuid(row, "lease_holder")))
        .list();
  }

  private static Set<DeliveryId> deliveries(List<Standing> left) {
    return left.stream().map(Standing::id).collect(Collectors.toUnmodifiableSet());
  }

  private Set<DeliveryId> planned() {
    return moved.dispatches().stream()
        .flatMap(dispatch -> dispatch.deliveries().stream())
        .map(PlannedDelivery::id)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** It may have been on that channel before, and tried through it: then with these bytes. */
  private void storeContent() {
    int stored =
        handle
            .createUpdate(
                """
                INSERT INTO message_content (team_id, message_id, channel_id, bytes, size,
                                             return_path_host)
                VALUES (:team, :message, :to, :bytes, :size, :returnPathHost)
                ON CONFLICT DO NOTHING\
                """)
            .bind("team", team.value())
            .bind("message", moved.message().value())
            .bind("to", moved.to().value())
            .bind("bytes", ContentChunks.inRow(moved.composed()))
            .bind("size", ContentChunks.sizeInRow(moved.composed()))
            .bind("returnPathHost", moved.returnPathHost())
            .execute();
    if (stored > 0) {
      ContentChunks.insert(handle, team, moved.message(), moved.to(), moved.composed());
    }
  }

  /**
   * A new dispatch is tried for as long as mail through its channel is, from now on. Its attempts
   * are counted on: each delivery's are numbered once. Mail that has its time keeps it, and its
   * end.
   */
  private void insertDispatches() {
    List<UUID> dispatches = new ArrayList<>();
    List<UUID> deliveries = new ArrayList<>();
    List<String> lanes = new ArrayList<>();
    for (PlannedDispatch planned : moved.dispatches()) {
      for (PlannedDelivery delivery : planned.deliveries()) {
        dispatches.add(planned.id().value());
        lanes.add(planned.lane().name());
        deliveries.add(delivery.id().value());
      }
    }
    handle
        .createUpdate(
            """
            INSERT INTO dispatch (team_id, id, message_id, channel_id, lane, sender, urgency,
                                  attempt, tried_since, send_at, expires_at, due_at)
            SELECT :team, n.id, :message, :to, min(n.lane), (array_agg(p.sender))[1],
                   min(p.urgency), max(p.attempt),
                   greatest(now(), max(p.send_at)),
                   max(p.send_at), min(p.expires_at),
                   CASE WHEN bool_and(d.state = 'SCHEDULED')
                        THEN greatest(min(p.due_at), max(p.send_at))
                        ELSE greatest(now(), max(p.send_at)) END
              FROM unnest(:dispatches, :lanes, :deliveries) AS n (id, lane, delivery_id)
              JOIN delivery d ON d.team_id = :team AND d.id = n.delivery_id
              JOIN dispatch p ON p.team_id = :team AND p.id = d.dispatch_id
             GROUP BY n.id\
            """)
        .bind("team", team.value())
        .bind("message", moved.message().value())
        .bind("to", moved.to().value())
        .bind("dispatches", SqlArray.uuids(dispatches))
        .bind("lanes", SqlArray.texts(lanes))
        .bind("deliveries", SqlArray.uuids(deliveries))
        .execute();
    takeAboard(deliveries, dispatches);
  }

  private void takeAboard(List<UUID> deliveries, List<UUID> dispatches) {
    handle
        .createUpdate(
            """
            UPDATE delivery d SET dispatch_id = n.dispatch_id
              FROM unnest(:deliveries, :dispatches) AS n (id, dispatch_id)
             WHERE d.team_id = :team AND d.id = n.id\
            """)
        .bind("team", team.value())
        .bind("deliveries", SqlArray.uuids(deliveries))
        .bind("dispatches", SqlArray.uuids(dispatches))
        .execute();
  }

  /** What broke off on the old channel tells nothing of the new one, and counts no more. */
  private void closeBreaks(List<Standing> left) {
    handle
        .createUpdate(
            """
            UPDATE attempt SET ended_at = now()
             WHERE team_id = :team AND delivery_id = ANY (:deliveries)
               AND fact = 'LEASE_LOST' AND ended_at IS NULL AND handed_over_at IS NULL\
            """)
        .bind("team", team.value())
        .bind("deliveries", SqlArray.uuids(Columns.each(left, each -> each.id().value())))
        .execute();
  }

  private void readdress() {
    handle
        .createUpdate(
            """
            UPDATE message m SET channel_id = :to, size = coalesce(c.size, octet_length(c.bytes))
              FROM message_content c
             WHERE m.team_id = :team AND m.id = :message
               AND c.team_id = :team AND c.message_id = :message AND c.channel_id = :to\
            """)
        .bind("team", team.value())
        .bind("message", moved.message().value())
        .bind("to", moved.to().value())
        .execute();
  }

  private void tell() {
    JdbiEvents.write(
        handle,
        team,
        List.of(
            new JdbiEvents.Draft(
                EventKind.MESSAGE_MOVED,
                Map.of(
                    "messageId", moved.message().value().toString(),
                    "from", moved.from().value().toString(),
                    "to", moved.to().value().toString()))));
  }
}
