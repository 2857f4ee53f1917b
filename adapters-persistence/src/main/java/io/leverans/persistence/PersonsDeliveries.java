package io.leverans.persistence;

import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.team.TeamId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Goes through all deliveries of a team, stretch by stretch, for those to one recipient. There is
 * no index by address: it would cost something with every message, and is asked for a few times a
 * year.
 */
final class PersonsDeliveries {
  private static final int A_STRETCH = 10_000;
  private static final UUID BEFORE_ALL = new UUID(0, 0);

  private final Handle handle;
  private final TeamId team;
  private final String key;

  PersonsDeliveries(Handle handle, TeamId team, EmailAddress address) {
    this.handle = handle;
    this.team = team;
    this.key = MailboxKey.of(address);
  }

  /** A delivery, of which message, and to whom. */
  record Row(DeliveryId delivery, MessageId message, String address) {}

  /**
   * What one stretch held.
   *
   * @param reached its last row; empty if it was the last stretch
   */
  record Stretch(List<Row> found, Optional<UUID> reached) {}

  Stretch next(Optional<UUID> after) {
    List<Row> looked =
        handle
            .createQuery(
                """
                SELECT id, message_id, address FROM delivery
                 WHERE team_id = :team AND id > :after
                 ORDER BY id
                 LIMIT :limit\
                """)
            .bind("team", team.value())
            .bind("after", after.orElse(BEFORE_ALL))
            .bind("limit", A_STRETCH)
            .map(
                (row, _) ->
                    new Row(
                        new DeliveryId(Columns.uuid(row, "id")),
                        new MessageId(Columns.uuid(row, "message_id")),
                        row.getString("address")))
            .list();
    return new Stretch(
        looked.stream().filter(row -> MailboxKey.of(row.address()).equals(key)).toList(),
        looked.size() < A_STRETCH
            ? Optional.empty()
            : Optional.of(looked.getLast().delivery().value()));
  }
}
