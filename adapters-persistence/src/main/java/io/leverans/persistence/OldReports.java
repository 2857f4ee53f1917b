package io.leverans.persistence;

import io.leverans.application.port.out.KeptMail.Batch;
import io.leverans.application.port.out.KeptMail.Position;
import io.leverans.persistence.OldRows.Candidate;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * The mail of old reports of one team, or of none, as it came; in the caller's transaction. What
 * was understood of it stays. While anything of the message that it is about is unsettled, it may
 * be what a person decides by.
 */
final class OldReports {
  private final Handle handle;
  private final long team;
  private final OffsetDateTime before;

  OldReports(Handle handle, long team, Duration age) {
    this.handle = handle;
    this.team = team;
    this.before = OldRows.before(handle, age);
  }

  Batch purge(Optional<Position> after) {
    OldRows old = OldRows.atTheFront(front(after.map(Position::value).orElse(OldRows.FRONT)));
    List<UUID> locked = lock(old.ids());
    if (!locked.isEmpty()) {
      purge(locked);
    }
    return new Batch(locked.size(), old.next());
  }

  private List<Candidate> front(UUID after) {
    return handle
        .createQuery(
            """
            SELECT id, octet_length(raw) AS octets, received_at < :before AS is_old FROM report
             WHERE team_id = :team AND id > :after AND raw IS NOT NULL
             ORDER BY id
             LIMIT :atOnce\
            """)
        .bind("team", team)
        .bind("after", after)
        .bind("before", before)
        .bind("atOnce", OldRows.AT_ONCE)
        .map((row, _) -> Candidate.of(row))
        .list();
  }

  private List<UUID> lock(List<UUID> reports) {
    if (reports.isEmpty()) {
      return List.of();
    }
    return handle
        .createQuery(
            """
            SELECT r.id FROM report r
             WHERE r.team_id = :team AND r.id = ANY (:reports) AND r.raw IS NOT NULL
               AND (r.message_id IS NULL OR <noneUnsettled>)
             ORDER BY r.id
               FOR NO KEY UPDATE OF r SKIP LOCKED\
            """)
        .define("noneUnsettled", OldRows.NONE_UNSETTLED.replace("<message>", "r.message_id"))
        .bind("team", team)
        .bind("reports", SqlArray.uuids(reports))
        .bind("unsettled", SqlArray.texts(OldRows.UNSETTLED))
        .mapTo(UUID.class)
        .list();
  }

  private void purge(List<UUID> reports) {
    handle
        .createUpdate(
            """
            UPDATE report SET raw = NULL, raw_purged_at = now()
             WHERE team_id = :team AND id = ANY (:reports)\
            """)
        .bind("team", team)
        .bind("reports", SqlArray.uuids(reports))
        .execute();
  }
}
