package io.leverans.persistence;

import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.DispatchId;
import io.leverans.domain.delivery.Envelope;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.suppression.SuppressedAddress;
import io.leverans.domain.suppression.SuppressionReason;
import io.leverans.domain.team.TeamId;
import io.leverans.persistence.DeliveryMoves.Move;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Ends the deliveries of a claim whose recipients the team does not write to, in the claim's
 * transaction: their address came onto the list after the message was accepted.
 */
final class SuppressedAboard {
  private final Handle handle;
  private final TeamId team;
  private final DeliveryMoves moves;

  SuppressedAboard(Handle handle, TeamId team) {
    this.handle = handle;
    this.team = team;
    this.moves = new DeliveryMoves(handle, team);
  }

  /**
   * What is aboard without them.
   *
   * @param of dispatches that the list counts for
   */
  Map<DispatchId, List<Envelope>> endIn(
      Map<DispatchId, List<Envelope>> aboard, Set<DispatchId> of) {
    List<Envelope> addressed =
        aboard.entrySet().stream()
            .filter(each -> of.contains(each.getKey()))
            .flatMap(each -> each.getValue().stream())
            .toList();
    Map<String, SuppressedAddress> suppressed = suppressed(addressed);
    if (suppressed.isEmpty()) {
      return aboard;
    }
    Set<DeliveryId> ended = end(addressed, suppressed);
    Map<DispatchId, List<Envelope>> left = new HashMap<>();
    aboard.forEach(
        (dispatch, envelopes) -> {
          List<Envelope> others =
              envelopes.stream().filter(one -> !ended.contains(one.delivery())).toList();
          if (!others.isEmpty()) {
            left.put(dispatch, others);
          }
        });
    return left;
  }

  private Map<String, SuppressedAddress> suppressed(List<Envelope> addressed) {
    Set<String> keys =
        addressed.stream()
            .map(one -> MailboxKey.of(one.recipient()))
            .collect(Collectors.toUnmodifiableSet());
    return keys.isEmpty() ? Map.of() : new SuppressionRows(handle, team).among(keys);
  }

  private Set<DeliveryId> end(List<Envelope> addressed, Map<String, SuppressedAddress> suppressed) {
    Map<DeliveryId, SuppressedAddress> found = new HashMap<>();
    addressed.forEach(
        one ->
            Optional.ofNullable(suppressed.get(MailboxKey.of(one.recipient())))
                .ifPresent(entry -> found.put(one.delivery(), entry)));
    List<Move> ends =
        found.entrySet().stream()
            .flatMap(each -> moves.lock(each.getKey()).stream())
            .flatMap(
                standing ->
                    standing
                        .on(
                            DeliveryFact.SUPPRESSED,
                            Optional.empty(),
                            Optional.ofNullable(found.get(standing.id()))
                                .map(SuppressedAddress::failure))
                        .stream())
            .toList();
    moves.make(ends);
    forgetAttempts(ends);
    moves.file();
    erase(ends, found);
    return found.keySet();
  }

  /** It was on its way to the queue while all else of its recipient was erased. */
  private void erase(List<Move> ends, Map<DeliveryId, SuppressedAddress> found) {
    ends.stream()
        .map(Move::from)
        .filter(
            from ->
                Optional.ofNullable(found.get(from.id()))
                    .filter(entry -> entry.reason() == SuppressionReason.ERASED)
                    .isPresent())
        .map(from -> EmailAddress.parse(from.recipient()))
        .distinct()
        .forEach(new ErasureOrders(handle, team)::lookAgain);
  }

  /** Nothing was tried. */
  private void forgetAttempts(List<Move> ends) {
    handle
        .createUpdate(
            """
            DELETE FROM attempt a
             USING unnest(:deliveries, :numbers) AS e (delivery, number)
             WHERE a.team_id = :team AND a.delivery_id = ANY (:deliveries)
               AND a.delivery_id = e.delivery AND a.number = e.number\
            """)
        .bind("team", team.value())
        .bind("deliveries", SqlArray.uuids(Columns.each(ends, end -> end.from().id().value())))
        .bind("numbers", SqlArray.integers(Columns.each(ends, end -> end.from().attempt())))
        .execute();
  }
}
