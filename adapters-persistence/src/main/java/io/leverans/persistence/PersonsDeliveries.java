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
  static final UUID BEFORE_ALL = new UUID(0, 0);
  private static final int A_STRETCH = 10_000;

  private final Handle handle;
  private final TeamId team;
  private final String key;

  PersonsDeliveries(Handle handle, TeamId team, EmailAddress address) {
    this.handle = handle;
    this.team = team;
    this.key = MailboxKey.of(address);
  }

  /** A delivery, of which message, to whom, and why it failed, if it did. */
  record Row(DeliveryId delivery, MessageId message, String address, String failure) {
    boolean isTo(String key) {
      return MailboxKey.of(address).equals(key);
    }

    boolean mentions(String key) {
      return MailboxKey.of(failure).contains(key);
    }
  }

  /**
   * What one stretch held.
   *
   * @param found the person's
   * @param mentioning those of others that failed in words that name the person
   * @param reached its last row; empty if it was the last stretch
   */
  record Stretch(List<Row> found, List<DeliveryId> mentioning, Optional<UUID> reached) {}

  Stretch next(UUID after) {
    List<Row> looked =
        handle
            .createQuery(
                """
                SELECT id, message_id, address, coalesce(failure ->> 'words', '') AS failure
                  FROM delivery
                 WHERE team_id = :team AND id > :after
                 ORDER BY id
                 LIMIT :limit\
                """)
            .bind("team", team.value())
            .bind("after", after)
            .bind("limit", A_STRETCH)
            .map(
                (row, _) ->
                    new Row(
                        new DeliveryId(Columns.uuid(row, "id")),
                        new MessageId(Columns.uuid(row, "message_id")),
                        row.getString("address"),
                        row.getString("failure")))
            .list();
    return new Stretch(
        looked.stream().filter(row -> row.isTo(key)).toList(),
        looked.stream()
            .filter(row -> !row.isTo(key) && row.mentions(key))
            .map(Row::delivery)
            .toList(),
        looked.size() < A_STRETCH
            ? Optional.empty()
            : Optional.of(looked.getLast().delivery().value()));
  }
}
