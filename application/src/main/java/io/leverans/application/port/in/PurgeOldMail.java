package io.leverans.application.port.in;

import io.leverans.application.port.out.KeptMail.Part;
import java.util.Objects;

/**
 * Purges what is kept of mail once it is older than the operator keeps it. One call does little, so
 * that whoever calls again and again can leave the database to others in between.
 */
@FunctionalInterface
public interface PurgeOldMail {
  /** Takes the next step of a round through all teams. */
  Result purge();

  /** What the step did. */
  sealed interface Result {
    /**
     * A batch was looked at.
     *
     * @param count attempts, messages or reports, as the part has them
     */
    record Purged(Part part, int count) implements Result {
      public Purged {
        Objects.requireNonNull(part);
      }
    }

    /** Nothing is left; the next step begins another round. */
    record RoundDone() implements Result {}
  }
}
