package io.leverans.persistence;

import io.leverans.application.view.EventKind;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.suppression.SuppressedAddress;
import io.leverans.domain.suppression.SuppressionReason;
import io.leverans.domain.team.TeamId;
import io.leverans.persistence.DeliveryMoves.Move;
import io.leverans.persistence.DeliveryMoves.Standing;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * What reports do to a team's suppression list apart from moving a delivery, in the caller's
 * transaction.
 */
final class ReportedSuppression {
  private final Handle handle;
  private final TeamId team;

  ReportedSuppression(Handle handle, TeamId team) {
    this.handle = handle;
    this.team = team;
  }

  /** A complaint closes the address also where it comes after another end. */
  static Move complaint(Standing delivery, Failure failure) {
    return move(delivery, DeliveryState.COMPLAINED, DeliveryFact.COMPLAINT_REPORTED, failure);
  }

  static Move bounce(Standing delivery, Failure failure) {
    return move(delivery, DeliveryState.BOUNCED, DeliveryFact.BOUNCE_REPORTED, failure);
  }

  private static Move move(
      Standing delivery, DeliveryState to, DeliveryFact fact, Failure failure) {
    return new Move(delivery, to, fact, Optional.empty(), Optional.of(failure));
  }

  void heed(List<Move> said) {
    new AutomaticSuppression(handle, team).heed(said);
  }

  /**
   * Takes off the list what reports on a delivery had brought there, and puts on it what they bring
   * there as they are read now. What was there before them is put back. What was refused at once is
   * on it for another reason than a report.
   *
   * @param liftable for which reasons entries are taken off, if at all
   * @param now what all of them say
   * @param anew what the one says that is read anew
   * @param told in the event beside the usual
   */
  void review(
      Standing delivery,
      Set<SuppressionReason> liftable,
      List<Move> now,
      List<Move> anew,
      Map<String, String> told) {
    List<Lifted> lifted =
        delivery.state() == DeliveryState.FAILED ? List.of() : lift(delivery, liftable);
    var rows = new SuppressionRows(handle, team);
    List<SuppressedAddress> restored =
        lifted.stream()
            .flatMap(one -> one.replaced().stream())
            .flatMap(replaced -> rows.restore(replaced).stream())
            .toList();
    rows.tell(EventKind.SUPPRESSION_REMOVED, lifted.stream().map(Lifted::entry).toList(), told);
    rows.tell(EventKind.SUPPRESSION_ADDED, restored, told);
    heed(lifted.isEmpty() ? anew : now);
  }

  /** An entry that is gone, and the one in whose place it was. */
  private record Lifted(SuppressedAddress entry, Optional<String> replaced) {}

  private List<Lifted> lift(Standing delivery, Set<SuppressionReason> liftable) {
    return handle
        .createQuery(
            """
            WITH forgiven AS (
              DELETE FROM suppression_strike s
               USING team t, (SELECT CAST(:key AS text) AS key) k
               WHERE t.team_id = :team AND s.team_id = :team AND s.address_hash = %1$s
                 AND s.delivery_id = :delivery),
            removed AS (
              DELETE FROM suppression s
               USING team t, (SELECT CAST(:key AS text) AS key) k
               WHERE t.team_id = :team AND s.team_id = :team AND s.address_hash = %1$s
                 AND s.delivery_id = :delivery AND s.reason = ANY (:reasons)
              RETURNING s.*)
            SELECT * FROM removed\
            """
                .formatted(SuppressionRows.DIGEST))
        .bind("team", team.value())
        .bind("key", MailboxKey.of(delivery.recipient()))
        .bind("delivery", delivery.id().value())
        .bind("reasons", SqlArray.texts(liftable.stream().map(Enum::name).toList()))
        .map(
            (row, context) ->
                new Lifted(
                    SuppressionRows.ENTRY.map(row, context), Columns.optionalText(row, "replaced")))
        .list();
  }
}
