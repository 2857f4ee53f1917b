package io.leverans.application.port.out;

import io.leverans.domain.team.TeamId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * The records of what did not arrive, which lie beside the deliveries that they are about and move
 * with them. Nodes of a version that does not know them move deliveries without. Safe for use by
 * many threads.
 */
public interface FailureRecords {
  /** In order. */
  List<TeamId> teams(Optional<TeamId> after, int atMost);

  /**
   * Compares the next of a team's records and deliveries, and mends the records that are missing,
   * left over or differ: one short transaction that waits for nobody, and passes over what others
   * have locked.
   *
   * @param from where the batch before ended
   */
  Batch mend(TeamId team, Optional<Position> from);

  /**
   * Where a batch ended.
   *
   * @param stage which of the things that are gone through one after the other
   */
  record Position(int stage, UUID last) {
    public Position {
      Objects.requireNonNull(last);
    }
  }

  /**
   * What was done.
   *
   * @param mended records
   * @param next where to go on; empty at the end
   */
  record Batch(int mended, Optional<Position> next) {
    public Batch {
      Objects.requireNonNull(next);
    }
  }
}
