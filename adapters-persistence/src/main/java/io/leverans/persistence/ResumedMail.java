package io.leverans.persistence;

import io.leverans.application.port.out.DispatchQueue.WaitingPlace;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * A step in making due what waits for a channel, in the caller's transaction. However much waits,
 * no statement takes long, and what is locked is passed over, so that nodes that do the same share
 * it.
 */
final class ResumedMail {
  static final int AT_ONCE = 500;

  private final Handle handle;
  private final WaitingPlace place;

  ResumedMail(Handle handle, WaitingPlace place) {
    this.handle = handle;
    this.place = place;
  }

  /**
   * Which of the waiting mail. Each is a stretch of the index, and what was resumed is in neither
   * until it is made ready: a step does not go over what those before it did.
   */
  enum Asleep {
    FOR_GOOD("due_at IS NULL"),
    FOR_A_TIME("due_at > now() AND coalesce(due_at > send_at, true)");

    private final String condition;

    Asleep(String condition) {
      this.condition = condition;
    }
  }

  /**
   * Resumes as many as a step may at most.
   *
   * @return how many, fewer only if there are no more
   */
  int resume(Asleep asleep) {
    List<UUID> waiting = lock(asleep);
    if (!waiting.isEmpty()) {
      makeDue(waiting);
    }
    return waiting.size();
  }

  /** The order makes it look into the index, whatever the statistics say. */
  private List<UUID> lock(Asleep asleep) {
    return handle
        .createQuery(
            """
            SELECT id FROM dispatch
             WHERE team_id = :team AND channel_id = :channel AND waiting_since IS NOT NULL
               AND <asleep> AND lease_holder IS NULL AND ready_at IS NULL
             ORDER BY due_at
             LIMIT :atOnce
               FOR NO KEY UPDATE SKIP LOCKED\
            """)
        .define("asleep", asleep.condition)
        .bind("team", place.team().value())
        .bind("channel", place.channel().value())
        .bind("atOnce", AT_ONCE)
        .mapTo(UUID.class)
        .list();
  }

  private void makeDue(List<UUID> dispatches) {
    handle
        .createUpdate(
            """
            UPDATE dispatch SET due_at = greatest(now(), send_at)
             WHERE team_id = :team AND id = ANY (:ids)\
            """)
        .bind("team", place.team().value())
        .bind("ids", SqlArray.uuids(dispatches))
        .execute();
  }
}
