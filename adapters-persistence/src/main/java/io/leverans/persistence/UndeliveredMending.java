package io.leverans.persistence;

import io.leverans.application.port.out.FailureRecords.Batch;
import io.leverans.application.port.out.FailureRecords.Position;
import io.leverans.domain.message.Folder;
import io.leverans.domain.team.TeamId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Brings the table of what did not arrive in step with the deliveries of one team again, in the
 * caller's transaction: first the rows that are there, then the messages of each folder that such a
 * delivery puts its message into. Deliveries are locked before their rows are changed, as by those
 * that move them; what is locked is passed over.
 */
final class UndeliveredMending {
  private static final int AT_ONCE = 500;
  private static final UUID FRONT = new UUID(0, 0);
  private static final List<Folder> FOLDERS =
      List.of(Folder.IN_DOUBT, Folder.FAILED, Folder.BOUNCED, Folder.SPAM_COMPLAINTS);

  /** Of a delivery d and its row u, which may be missing. */
  private static final String DIFFERS =
      """
      (u.state IS DISTINCT FROM d.state
       OR u.cause IS DISTINCT FROM coalesce(d.failure ->> 'cause', 'UNDETERMINED'))\
      """;

  private final Handle handle;
  private final TeamId team;

  UndeliveredMending(Handle handle, TeamId team) {
    this.handle = handle;
    this.team = team;
  }

  /** Goes on to where there is something to look at. */
  Batch mend(Optional<Position> from) {
    UUID after = from.map(Position::last).orElse(FRONT);
    for (int stage = from.map(Position::stage).orElse(0); stage <= FOLDERS.size(); stage++) {
      List<UUID> found = stage == 0 ? rows(after) : messages(FOLDERS.get(stage - 1), after);
      if (!found.isEmpty()) {
        int mended = stage == 0 ? mendRows(found) : mendOf(found);
        return new Batch(mended, Optional.of(new Position(stage, found.getLast())));
      }
      after = FRONT;
    }
    return new Batch(0, Optional.empty());
  }

  private List<UUID> rows(UUID after) {
    return handle
        .createQuery(
            """
            SELECT delivery_id FROM undelivered
             WHERE team_id = :team AND delivery_id > :after
             ORDER BY delivery_id
             LIMIT :atOnce\
            """)
        .bind("team", team.value())
        .bind("after", after)
        .bind("atOnce", AT_ONCE)
        .mapTo(UUID.class)
        .list();
  }

  private List<UUID> messages(Folder folder, UUID after) {
    return handle
        .createQuery(
            """
            SELECT id FROM message
             WHERE team_id = :team AND folder = :folder AND id > :after
             ORDER BY id
             LIMIT :atOnce\
            """)
        .bind("team", team.value())
        .bind("folder", folder.name())
        .bind("after", after)
        .bind("atOnce", AT_ONCE)
        .mapTo(UUID.class)
        .list();
  }

  /** Those of what arrived since, or is on its way again, go. */
  private int mendRows(List<UUID> deliveries) {
    List<UUID> differing =
        handle
            .createQuery(
                """
                SELECT d.id FROM delivery d
                  JOIN undelivered u ON u.team_id = d.team_id AND u.delivery_id = d.id
                 WHERE d.team_id = :team AND d.id = ANY (:deliveries) AND <differs>
                 ORDER BY d.id
                   FOR NO KEY UPDATE OF d SKIP LOCKED\
                """)
            .define("differs", DIFFERS)
            .bind("team", team.value())
            .bind("deliveries", SqlArray.uuids(deliveries))
            .mapTo(UUID.class)
            .list();
    if (!differing.isEmpty()) {
      handle
          .createUpdate(
              "DELETE FROM undelivered WHERE team_id = :team AND delivery_id = ANY (:deliveries)")
          .bind("team", team.value())
          .bind("deliveries", SqlArray.uuids(differing))
          .execute();
      write(differing);
    }
    return differing.size();
  }

  private int mendOf(List<UUID> messages) {
    List<UUID> missing =
        handle
            .createQuery(
                """
                SELECT d.id FROM delivery d
                  JOIN message m ON m.team_id = d.team_id AND m.id = d.message_id
                  LEFT JOIN undelivered u ON u.team_id = d.team_id AND u.delivery_id = d.id
                 WHERE d.team_id = :team AND d.message_id = ANY (:messages)
                   AND d.state = ANY (:listed) AND m.identity_id IS NOT NULL AND <differs>
                 ORDER BY d.id
                   FOR NO KEY UPDATE OF d SKIP LOCKED\
                """)
            .define("differs", DIFFERS)
            .bind("team", team.value())
            .bind("messages", SqlArray.uuids(messages))
            .bind("listed", SqlArray.texts(UndeliveredRows.LISTED_NAMES))
            .mapTo(UUID.class)
            .list();
    return missing.isEmpty() ? 0 : write(missing);
  }

  /** With the end as the latest attempt and the latest report that moved it tell it. */
  private int write(List<UUID> deliveries) {
    return handle
        .createUpdate(
            """
            INSERT INTO undelivered (team_id, delivery_id, message_id, identity_id, channel_id,
                                     state, cause, domain, sender_domain, ended_at)
            SELECT d.team_id, d.id, d.message_id, m.identity_id, p.channel_id, d.state,
                   coalesce(d.failure ->> 'cause', 'UNDETERMINED'),
                   lower(substring(d.address FROM '[^@]*$')),
                   lower(substring(m.from_address FROM '[^@]*$')),
                   greatest(m.accepted_at, a.ended_at, r.received_at)
              FROM delivery d
              JOIN message m ON m.team_id = d.team_id AND m.id = d.message_id
              JOIN dispatch p ON p.team_id = d.team_id AND p.id = d.dispatch_id
              LEFT JOIN attempt a ON a.team_id = d.team_id AND a.delivery_id = d.id
                                 AND a.number = d.attempt
              LEFT JOIN LATERAL (
                     SELECT max(received_at) AS received_at FROM report
                      WHERE team_id = d.team_id AND message_id = d.message_id
                        AND delivery_id = d.id AND effect = 'MOVED') r ON true
             WHERE d.team_id = :team AND d.id = ANY (:deliveries) AND d.state = ANY (:listed)
               AND m.identity_id IS NOT NULL
            ON CONFLICT (team_id, delivery_id) DO UPDATE
               SET channel_id = excluded.channel_id, state = excluded.state,
                   cause = excluded.cause, ended_at = excluded.ended_at\
            """)
        .bind("team", team.value())
        .bind("deliveries", SqlArray.uuids(deliveries))
        .bind("listed", SqlArray.texts(UndeliveredRows.LISTED_NAMES))
        .execute();
  }
}
