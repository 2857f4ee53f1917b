package io.leverans.persistence;

import io.leverans.application.port.out.Claim;
import io.leverans.application.port.out.Settlement;
import io.leverans.domain.delivery.AttemptReport;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.HandOver.Permission;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/**
 * What happens between the claim of a dispatch and its end: the hand-over and the outcome. Those of
 * many attempts share a transaction.
 */
final class AttemptJournal {
  /** In deliveries. */
  private static final SharedTrips.Size LARGEST_HAND_OVER = new SharedTrips.Size(200, 2000);

  /** In octets. */
  private static final SharedTrips.Size LARGEST_ENDING = new SharedTrips.Size(200, 1024 * 1024);

  /** A restart, or another server that takes over, is through by then. */
  private static final Duration OUTAGE = Duration.ofMinutes(1);

  private final SharedTrips<TeamId, HandOvers.Asked, Permission> handOvers;
  private final SharedTrips<TeamId, EndedAttempt, Integer> endings;

  AttemptJournal(Jdbi jdbi) {
    this.handOvers =
        SharedTrips.writing(
            jdbi,
            LARGEST_HAND_OVER,
            asked -> asked.aboard().size(),
            (handle, team, asked) -> new HandOvers(handle, team, asked).decide());
    this.endings =
        SharedTrips.writing(
            jdbi,
            LARGEST_ENDING,
            EndedAttempt::octets,
            (handle, team, ended) -> new AttemptEndings(handle, team).write(ended));
  }

  Permission permit(Claim claim, Set<DeliveryId> aboard, Optional<Instant> notAfter) {
    return handOvers.join(claim.dispatch().team(), new HandOvers.Asked(claim, aboard, notAfter));
  }

  /**
   * Also while the database is away for a moment: what a server answered is known here alone, and
   * would be in doubt. An end that is written twice changes nothing the second time.
   */
  void settle(Claim claim, AttemptReport report, List<Settlement> settlements) {
    var ended = new EndedAttempt(claim, report, settlements);
    var _ = DatabaseTrouble.outlast(OUTAGE, () -> endings.join(claim.dispatch().team(), ended));
  }
}
