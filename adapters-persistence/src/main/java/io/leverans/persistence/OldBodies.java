package io.leverans.persistence;

import io.leverans.application.port.out.KeptMail.Batch;
import io.leverans.application.port.out.KeptMail.Position;
import io.leverans.domain.team.TeamId;
import io.leverans.persistence.OldRows.Candidate;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * The content of old messages of one team, in the caller's transaction. A message whose row is
 * locked is passed over; one whose row is ours cannot be queued again before all of it is gone and
 * says so ({@link PersonsOrder}).
 */
final class OldBodies {
  /** A message m with nothing unsettled, and of which nothing was to happen or was heard lately. */
  private static final String RESTS =
      OldRows.NONE_UNSETTLED.replace("<message>", "m.id")
          + """

           AND NOT EXISTS (SELECT FROM delivery d
                             JOIN attempt a ON a.team_id = :team AND a.delivery_id = d.id
                            WHERE d.team_id = :team AND d.message_id = m.id
                              AND a.started_at >= :before)
           AND NOT EXISTS (SELECT FROM delivery d
                             JOIN dispatch p ON p.team_id = :team AND p.id = d.dispatch_id
                            WHERE d.team_id = :team AND d.message_id = m.id
                              AND (p.send_at >= :before OR p.expires_at >= :before))
           AND NOT EXISTS (SELECT FROM report r
                            WHERE r.team_id = :team AND r.message_id = m.id
                              AND r.received_at >= :before)\
          """;

  private final Handle handle;
  private final TeamId team;
  private final OffsetDateTime before;

  OldBodies(Handle handle, TeamId team, Duration age) {
    this.handle = handle;
    this.team = team;
    this.before = OldRows.before(handle, age);
  }

  Batch purge(Optional<Position> after) {
    OldRows old = OldRows.atTheFront(front(after.map(Position::value).orElse(OldRows.FRONT)));
    List<UUID> resting = locked(old.ids());
    if (!resting.isEmpty()) {
      new PurgedContents(handle, team).of(resting);
    }
    return new Batch(resting.size(), old.next());
  }

  /** A message that was moved has a content for each of its channels. */
  private List<Candidate> front(UUID after) {
    return handle
        .createQuery(
            """
            SELECT m.id, m.size AS octets, m.accepted_at < :before AS is_old
              FROM ((SELECT DISTINCT message_id FROM message_content
                      WHERE team_id = :team AND message_id > :after
                      ORDER BY message_id
                      LIMIT :atOnce)
                     UNION ALL
                    (SELECT message_id FROM logged_content
                      WHERE team_id = :team AND message_id > :after
                      ORDER BY message_id
                      LIMIT :atOnce)
                     ORDER BY message_id
                     LIMIT :atOnce) f
              JOIN message m ON m.team_id = :team AND m.id = f.message_id
             ORDER BY m.id\
            """)
        .bind("team", team.value())
        .bind("after", after)
        .bind("before", before)
        .bind("atOnce", OldRows.AT_ONCE)
        .map((row, _) -> Candidate.of(row))
        .list();
  }

  /** Asked once more after it was locked: it may have been queued again just before. */
  private List<UUID> locked(List<UUID> messages) {
    List<UUID> locked = resting(messages, "FOR NO KEY UPDATE OF m SKIP LOCKED");
    return resting(locked, "");
  }

  private List<UUID> resting(List<UUID> messages, String lock) {
    if (messages.isEmpty()) {
      return List.of();
    }
    return handle
        .createQuery(
            """
            SELECT m.id FROM message m
             WHERE m.team_id = :team AND m.id = ANY (:messages) AND m.content_purged_at IS NULL
               AND <rests>
             ORDER BY m.id
            <lock>\
            """)
        .define("rests", RESTS)
        .define("lock", lock)
        .bind("team", team.value())
        .bind("before", before)
        .bind("messages", SqlArray.uuids(messages))
        .bind("unsettled", SqlArray.texts(OldRows.UNSETTLED))
        .mapTo(UUID.class)
        .list();
  }
}
