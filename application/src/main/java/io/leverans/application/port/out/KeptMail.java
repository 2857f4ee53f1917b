package io.leverans.application.port.out;

import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * What is kept of mail for as long as it may be needed. It is purged batch by batch: each is one
 * short transaction that waits for nobody, and passes over what others have locked, so that any
 * number of nodes may purge at a time. What is told of mail (recipients, subjects, states, causes,
 * times, verdicts) is not among it. All times are the database's. Safe for use by many threads.
 *
 * <p>What is unsettled ({@link DeliveryState#UNSETTLED}) is never purged, nor is anything of a
 * message that has such a delivery.
 */
public interface KeptMail {
  /** Teams that may have something kept, in order; those that were removed too. */
  List<TeamId> teams(Optional<TeamId> after, int atMost);

  /**
   * Purges the next batch of what is older than {@code age} of one team.
   *
   * <ul>
   *   <li>Transcripts: those of attempts that began longer ago.
   *   <li>Bodies: all content of messages that were accepted or logged longer ago, without an
   *       attempt or a report since, and without a time or an end since that their sender set. From
   *       then on nothing of the message is queued again: of a purge and an order to try again at
   *       the same time, one wins.
   *   <li>Reports: their mail as it came, where they were received longer ago.
   *   <li>What has ended: entries of the suppression list that were over longer ago; failures
   *       counted against addresses, but none that the team's policy may still count; orders to try
   *       again, and imports whose lines are gone, that ended longer ago.
   * </ul>
   *
   * @param after where the batch before ended, in the same round
   */
  Batch purge(TeamId team, Part part, Duration age, Optional<Position> after);

  /** The same for the mail of reports that are linked to no delivery, so to no team. */
  Batch purgeUnlinkedReports(Duration age, Optional<Position> after);

  /** What has an age of its own at which it is purged. */
  enum Part {
    /** The conversations of attempts. */
    TRANSCRIPTS,
    /** Messages as they were composed or logged. */
    BODIES,
    /** Bounces and other reports as they came. */
    REPORTS,
    /** What is over and of use to nobody any more but to look back. */
    ENDED
  }

  /** Where a batch ended. */
  record Position(UUID value) {
    public Position {
      Objects.requireNonNull(value);
    }
  }

  /**
   * What was done.
   *
   * @param purged attempts, messages, reports, or what had ended
   * @param next where to go on; empty if nothing more is old enough
   */
  record Batch(int purged, Optional<Position> next) {
    public Batch {
      Objects.requireNonNull(next);
    }
  }
}
