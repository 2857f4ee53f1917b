package io.leverans.persistence;

import io.leverans.application.port.out.KeptMail.Batch;
import io.leverans.application.port.out.KeptMail.Position;
import io.leverans.domain.team.TeamId;
import io.leverans.persistence.OldRows.Candidate;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * The transcripts of old attempts of one team, in the caller's transaction.
 *
 * <p>They lie in the attempts' rows, which stay, and no index says which of these have one: such an
 * index would make each attempt's end more work. So each message is come by once, in the order of
 * the ids, and the team's row says how far that has come. What cannot go yet by then, or is tried
 * again later ({@link PersonsOrder}), gets a time of its own to be looked at.
 */
final class OldTranscripts {
  /** After this time it is looked whether what was unsettled still is. */
  private static final Duration SECOND_LOOK = Duration.ofDays(1);

  private final Handle handle;
  private final TeamId team;
  private final Duration age;
  private final OffsetDateTime before;

  OldTranscripts(Handle handle, TeamId team, Duration age) {
    this.handle = handle;
    this.team = team;
    this.age = age;
    this.before = OldRows.before(handle, age);
  }

  /** What is due comes first, and the walk goes on when nothing more is. */
  Batch purge() {
    List<UUID> due = lockDue();
    if (!due.isEmpty()) {
      int purged = purge(due);
      lookAgain(due);
      return new Batch(purged, Optional.of(new Position(due.getLast())));
    }
    return lockWalk().map(this::walk).orElseGet(() -> new Batch(0, Optional.empty()));
  }

  private List<UUID> lockDue() {
    return handle
        .createQuery(
            """
            SELECT id FROM message
             WHERE team_id = :team AND transcripts_due_at <= now()
             ORDER BY transcripts_due_at
             LIMIT :atOnce
               FOR NO KEY UPDATE SKIP LOCKED\
            """)
        .bind("team", team.value())
        .bind("atOnce", OldRows.AT_ONCE)
        .mapTo(UUID.class)
        .list();
  }

  /** How far it has come; empty while another walks. */
  private Optional<UUID> lockWalk() {
    return handle
        .createQuery(
            """
            SELECT transcripts_purged_to FROM team WHERE team_id = :team
               FOR NO KEY UPDATE SKIP LOCKED\
            """)
        .bind("team", team.value())
        .mapTo(UUID.class)
        .findOne();
  }

  private Batch walk(UUID from) {
    OldRows old = OldRows.atTheFront(front(from));
    List<UUID> passed = upToFirstLockedByOthers(old.ids());
    if (passed.isEmpty()) {
      return new Batch(0, Optional.empty());
    }
    int purged = purge(passed);
    lookAgain(passed);
    walked(passed.getLast());
    return new Batch(purged, passed.size() < old.ids().size() ? Optional.empty() : old.next());
  }

  private List<Candidate> front(UUID from) {
    return handle
        .createQuery(
            """
            SELECT id, 0 AS octets, accepted_at < :before AS is_old FROM message
             WHERE team_id = :team AND id > :from
             ORDER BY id
             LIMIT :atOnce\
            """)
        .bind("team", team.value())
        .bind("from", from)
        .bind("before", before)
        .bind("atOnce", OldRows.AT_ONCE)
        .map((row, _) -> Candidate.of(row))
        .list();
  }

  /** Locked, so that what is tried again meanwhile is not overlooked; the walk passes over none. */
  private List<UUID> upToFirstLockedByOthers(List<UUID> messages) {
    if (messages.isEmpty()) {
      return List.of();
    }
    Set<UUID> locked =
        new HashSet<>(
            handle
                .createQuery(
                    """
                    SELECT id FROM message
                     WHERE team_id = :team AND id = ANY (:messages)
                     ORDER BY id
                       FOR NO KEY UPDATE SKIP LOCKED\
                    """)
                .bind("team", team.value())
                .bind("messages", SqlArray.uuids(messages))
                .mapTo(UUID.class)
                .list());
    return messages.stream().takeWhile(locked::contains).toList();
  }

  private int purge(List<UUID> messages) {
    return handle
        .createUpdate(
            """
            UPDATE attempt a SET transcript = '{}'
              FROM delivery r
              JOIN message m ON m.team_id = :team AND m.id = r.message_id
             WHERE r.team_id = :team AND r.message_id = ANY (:messages) AND <noneUnsettled>
               AND a.team_id = :team AND a.delivery_id = r.id
               AND a.started_at < :before AND a.transcript <> '{}'\
            """)
        .define("noneUnsettled", OldRows.NONE_UNSETTLED.replace("<message>", "m.id"))
        .bind("team", team.value())
        .bind("before", before)
        .bind("messages", SqlArray.uuids(messages))
        .bind("unsettled", SqlArray.texts(OldRows.UNSETTLED))
        .execute();
  }

  /** When the next of their transcripts is old, or something may have been settled. */
  private void lookAgain(List<UUID> messages) {
    handle
        .createUpdate(
            """
            UPDATE message m SET transcripts_due_at = t.due_at
              FROM (SELECT d.message_id,
                           CASE WHEN bool_or(d.state = ANY (:unsettled))
                                THEN now() + :secondLook * interval '1 millisecond'
                                ELSE min(a.started_at) FILTER (WHERE a.started_at >= :before)
                                       + :age * interval '1 millisecond' END AS due_at
                      FROM delivery d
                      LEFT JOIN attempt a ON a.team_id = :team AND a.delivery_id = d.id
                     WHERE d.team_id = :team AND d.message_id = ANY (:messages)
                     GROUP BY d.message_id
                    OFFSET 0) t
             WHERE m.team_id = :team AND m.id = ANY (:messages) AND m.id = t.message_id
               AND m.transcripts_due_at IS DISTINCT FROM t.due_at\
            """)
        .bind("team", team.value())
        .bind("before", before)
        .bind("age", age.toMillis())
        .bind("secondLook", SECOND_LOOK.toMillis())
        .bind("messages", SqlArray.uuids(messages))
        .bind("unsettled", SqlArray.texts(OldRows.UNSETTLED))
        .execute();
  }

  private void walked(UUID to) {
    handle
        .createUpdate("UPDATE team SET transcripts_purged_to = :to WHERE team_id = :team")
        .bind("team", team.value())
        .bind("to", to)
        .execute();
  }
}
