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
   * there as they are read now. What was there before them, and what other deliveries have brought
   * there since, holds in its place. What was refused at once is on it for another reason than a
   * report.
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
    Review review =
        delivery.state() == DeliveryState.FAILED ? Review.NOTHING : lift(delivery, liftable);
    var rows = new SuppressionRows(handle, team);
    rows.tell(EventKind.SUPPRESSION_REMOVED, review.removed().stream().toList(), told);
    rows.tell(EventKind.SUPPRESSION_ADDED, review.restored().stream().toList(), told);
    heed(review.lifted() == Lifted.SOMETHING ? now : anew);
  }

  /** Whether something that a delivery had brought there is gone. */
  private enum Lifted {
    SOMETHING,
    NOTHING
  }

  /** What held and does not any more, and what holds in its place. */
  private record Review(
      Lifted lifted, Optional<SuppressedAddress> removed, Optional<SuppressedAddress> restored) {
    private static final Review NOTHING =
        new Review(Lifted.NOTHING, Optional.empty(), Optional.empty());
  }

  private Review lift(Standing delivery, Set<SuppressionReason> liftable) {
    var rows = new SuppressionRows(handle, team);
    String key = MailboxKey.of(delivery.recipient());
    forgive(delivery, key);
    return rows.takeOff(key, delivery.id())
        .map(taken -> putBack(rows, taken, delivery, liftable))
        .orElse(Review.NOTHING);
  }

  private static Review putBack(
      SuppressionRows rows,
      SuppressionRows.Taken taken,
      Standing delivery,
      Set<SuppressionReason> liftable) {
    SuppressionLayers before = SuppressionLayers.of(taken.layers());
    SuppressionLayers after = before.without(delivery.id(), liftable);
    Optional<SuppressedAddress> holds = restore(rows, after);
    SuppressedAddress held = taken.entry();
    Lifted lifted =
        after.entries().size() < before.entries().size() ? Lifted.SOMETHING : Lifted.NOTHING;
    return holds.filter(entry -> entry.id().equals(held.id())).isPresent()
        ? new Review(lifted, Optional.empty(), Optional.empty())
        : new Review(lifted, Optional.of(held), holds);
  }

  /** The gravest that has not run out. */
  private static Optional<SuppressedAddress> restore(
      SuppressionRows rows, SuppressionLayers layers) {
    Optional<SuppressedAddress> holds = Optional.empty();
    for (SuppressionLayers left = layers;
        holds.isEmpty() && !left.isEmpty();
        left = left.belowTop()) {
      holds = rows.restore(left.written());
    }
    return holds;
  }

  private void forgive(Standing delivery, String key) {
    handle
        .createUpdate(
            """
            DELETE FROM suppression_strike s
             USING team t, (SELECT CAST(:key AS text) AS key) k
             WHERE t.team_id = :team AND s.team_id = :team AND s.address_hash = %s
               AND s.delivery_id = :delivery\
            """
                .formatted(SuppressionRows.DIGEST))
        .bind("team", team.value())
        .bind("key", key)
        .bind("delivery", delivery.id().value())
        .execute();
  }
}
