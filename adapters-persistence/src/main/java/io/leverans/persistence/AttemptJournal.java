package io.leverans.persistence;

import io.leverans.application.port.out.Claim;
import io.leverans.application.port.out.Settlement;
import io.leverans.domain.delivery.AttemptReport;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.HandOver.Permission;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** What happens between the claim of a dispatch and its end: the hand-over and the outcome. */
final class AttemptJournal {
  private final Jdbi jdbi;

  AttemptJournal(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * One statement decides: the fence locks the dispatch, so that nobody takes it back meanwhile,
   * and lets through only the latest attempt under an unbroken lease. All aboard or none.
   */
  Permission permit(Claim claim, Set<DeliveryId> aboard) {
    return jdbi.inTransaction(
        handle -> {
          int gone = handOver(handle, claim, aboard);
          if (gone == aboard.size()) {
            return Permission.GO;
          }
          handle.rollback();
          return refusal(handle, claim, aboard);
        });
  }

  private static int handOver(Handle handle, Claim claim, Set<DeliveryId> aboard) {
    return handle
        .createUpdate(
            """
            WITH fence AS (
              SELECT id FROM dispatch
               WHERE team_id = :team AND id = :dispatch
                 AND attempt = :attempt AND lease_holder = :holder AND due_at > clock_timestamp()
                 FOR NO KEY UPDATE),
            gone AS (
              UPDATE delivery d SET state = 'HANDED_OVER'
                FROM fence
               WHERE d.team_id = :team AND d.id = ANY (:aboard) AND d.dispatch_id = fence.id
                 AND d.attempt = :attempt AND d.state IN ('SENDING', 'HANDED_OVER')
              RETURNING d.id)
            UPDATE attempt a SET handed_over_at = clock_timestamp()
              FROM gone
             WHERE a.team_id = :team AND a.delivery_id = gone.id AND a.number = :attempt\
            """)
        .bind("team", claim.dispatch().team().value())
        .bind("dispatch", claim.dispatch().id().value())
        .bind("attempt", claim.dispatch().attempt())
        .bind("holder", claim.lease().value())
        .bindArray("aboard", UUID.class, aboard.stream().map(DeliveryId::value).toList())
        .execute();
  }

  private static Permission refusal(Handle handle, Claim claim, Set<DeliveryId> aboard) {
    boolean cancelled =
        handle
            .createQuery(
                """
                SELECT EXISTS (SELECT FROM delivery
                                WHERE team_id = :team AND id = ANY (:aboard)
                                  AND state = 'CANCELLED')\
                """)
            .bind("team", claim.dispatch().team().value())
            .bindArray("aboard", UUID.class, aboard.stream().map(DeliveryId::value).toList())
            .mapTo(Boolean.class)
            .one();
    return cancelled ? Permission.CANCELLED : Permission.LEASE_LOST;
  }

  void settle(Claim claim, AttemptReport report, List<Settlement> settlements) {
    jdbi.useTransaction(handle -> new AttemptEnding(handle, claim).settle(report, settlements));
  }
}
