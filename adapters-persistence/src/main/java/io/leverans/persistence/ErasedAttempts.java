package io.leverans.persistence;

import io.leverans.domain.team.TeamId;
import java.util.Collection;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Attempts without what servers said; numbers, times, facts, causes and status codes stay. */
final class ErasedAttempts {
  private final Handle handle;
  private final TeamId team;

  ErasedAttempts(Handle handle, TeamId team) {
    this.handle = handle;
    this.team = team;
  }

  /** How many there were. */
  int erase(Collection<UUID> deliveries) {
    return deliveries.isEmpty()
        ? 0
        : handle
            .createUpdate(
                """
                UPDATE attempt
                   SET transcript = '{}', reference = NULL, next_hop = NULL, failure = <failure>
                 WHERE team_id = :team AND delivery_id = ANY (:deliveries)\
                """)
            .define("failure", ErasedWords.FAILURE)
            .bind("team", team.value())
            .bind("deliveries", SqlArray.uuids(deliveries))
            .execute();
  }
}
