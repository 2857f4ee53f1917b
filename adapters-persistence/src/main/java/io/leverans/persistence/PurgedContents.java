package io.leverans.persistence;

import io.leverans.domain.team.TeamId;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Takes away the contents of messages whose rows the caller has locked. */
final class PurgedContents {
  private static final List<String> PLACES =
      List.of("content_chunk", "message_content", "logged_content");

  private final Handle handle;
  private final TeamId team;

  PurgedContents(Handle handle, TeamId team) {
    this.handle = handle;
    this.team = team;
  }

  /** What was purged before stays so since then. */
  void of(Collection<UUID> messages) {
    PLACES.forEach(place -> delete(place, messages));
    handle
        .createUpdate(
            """
            UPDATE message SET content_purged_at = t.now
              FROM (SELECT now() AS now OFFSET 0) t
             WHERE team_id = :team AND id = ANY (:messages) AND content_purged_at IS NULL\
            """)
        .bind("team", team.value())
        .bind("messages", SqlArray.uuids(messages))
        .execute();
  }

  private void delete(String place, Collection<UUID> messages) {
    handle
        .createUpdate("DELETE FROM <place> WHERE team_id = :team AND message_id = ANY (:messages)")
        .define("place", place)
        .bind("team", team.value())
        .bind("messages", SqlArray.uuids(messages))
        .execute();
  }
}
