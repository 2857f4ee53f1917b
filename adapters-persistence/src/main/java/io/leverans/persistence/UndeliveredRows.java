package io.leverans.persistence;

import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.team.TeamId;
import io.leverans.persistence.DeliveryMoves.Move;
import io.leverans.persistence.DeliveryMoves.Standing;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Keeps the table of what did not arrive in step with the deliveries, in the transaction that moves
 * them. Mail that arrives never comes by here.
 */
final class UndeliveredRows {
  private static final Set<DeliveryState> LISTED =
      EnumSet.of(
          DeliveryState.FAILED,
          DeliveryState.BOUNCED,
          DeliveryState.COMPLAINED,
          DeliveryState.IN_DOUBT);

  static final List<String> LISTED_NAMES = LISTED.stream().map(DeliveryState::name).toList();

  private final Handle handle;
  private final TeamId team;

  UndeliveredRows(Handle handle, TeamId team) {
    this.handle = handle;
    this.team = team;
  }

  /** After the moves were made, whose deliveries are locked. */
  void follow(List<Move> moves) {
    list(moves.stream().filter(move -> LISTED.contains(move.to())).map(Move::from).toList());
    strike(
        moves.stream()
            .filter(move -> LISTED.contains(move.from().state()) && !LISTED.contains(move.to()))
            .map(Move::from)
            .toList());
  }

  private void list(List<Standing> ended) {
    if (ended.isEmpty()) {
      return;
    }
    handle
        .createUpdate(
            """
            INSERT INTO undelivered (team_id, delivery_id, message_id, identity_id, channel_id,
                                     state, cause, domain, sender_domain, ended_at)
            SELECT d.team_id, d.id, d.message_id, m.identity_id, p.channel_id, d.state,
                   coalesce(d.failure ->> 'cause', 'UNDETERMINED'),
                   lower(substring(d.address FROM '[^@]*$')),
                   lower(substring(m.from_address FROM '[^@]*$')), t.now
              FROM (SELECT now() AS now OFFSET 0) t
             CROSS JOIN delivery d
              JOIN message m ON m.id = d.message_id
              JOIN dispatch p ON p.id = d.dispatch_id
             WHERE d.team_id = :team AND d.id = ANY (:ids)
               AND m.team_id = :team AND m.id = ANY (:messages) AND m.identity_id IS NOT NULL
               AND p.team_id = :team AND p.id = ANY (:dispatches)
            ON CONFLICT (team_id, delivery_id) DO UPDATE
               SET channel_id = excluded.channel_id, state = excluded.state,
                   cause = excluded.cause, ended_at = excluded.ended_at\
            """)
        .bind("team", team.value())
        .bind("ids", SqlArray.uuids(Columns.each(ended, each -> each.id().value())))
        .bind("messages", SqlArray.uuids(Columns.each(ended, each -> each.message().value())))
        .bind("dispatches", SqlArray.uuids(Columns.each(ended, each -> each.dispatch().value())))
        .execute();
  }

  private void strike(List<Standing> gone) {
    if (gone.isEmpty()) {
      return;
    }
    handle
        .createUpdate("DELETE FROM undelivered WHERE team_id = :team AND delivery_id = ANY (:ids)")
        .bind("team", team.value())
        .bind("ids", SqlArray.uuids(Columns.each(gone, each -> each.id().value())))
        .execute();
  }
}
