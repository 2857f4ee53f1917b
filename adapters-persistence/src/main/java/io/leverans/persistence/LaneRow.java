package io.leverans.persistence;

import io.leverans.domain.channel.Lane;
import org.jdbi.v3.core.Handle;

/** The row of a lane, which comes to be when somebody first has something to say of it. */
final class LaneRow {
  private LaneRow() {}

  /** Keeps it locked until the end of the caller's transaction. */
  static void lock(Handle handle, Lane lane) {
    boolean known =
        handle
            .createQuery("SELECT lane FROM lane WHERE lane = :lane FOR NO KEY UPDATE")
            .bind("lane", lane.name())
            .mapTo(String.class)
            .findOne()
            .isPresent();
    if (!known) {
      handle
          .createUpdate("INSERT INTO lane (lane) VALUES (:lane) ON CONFLICT DO NOTHING")
          .bind("lane", lane.name())
          .execute();
      lock(handle, lane);
    }
  }
}
