package io.leverans.persistence;

import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.delivery.DispatchId;
import io.leverans.domain.delivery.Evidence;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.team.TeamId;
import io.leverans.persistence.DeliveryMoves.Move;
import io.leverans.persistence.DeliveryMoves.Standing;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** What a person decides on a message's deliveries, or an inquiry shows, in one transaction. */
final class PersonsOrder {
  /** A person wants it tried now, whatever was asked for when it was written. */
  private static final Set<DeliveryFact> SETS_ASIDE_THE_SCHEDULE =
      EnumSet.of(DeliveryFact.RETRY_ORDERED, DeliveryFact.RESEND_ORDERED);

  private final Handle handle;
  private final TeamId team;
  private final MessageId message;
  private final DeliveryMoves moves;

  PersonsOrder(Handle handle, TeamId team, MessageId message) {
    this.handle = handle;
    this.team = team;
    this.message = message;
    this.moves = new DeliveryMoves(handle, team);
  }

  /** What becomes of the times that the sender set. */
  private enum Times {
    AS_THE_ORDER_SAYS,
    KEPT
  }

  /** How many moved. */
  int give(Collection<DeliveryId> deliveries, DeliveryFact fact) {
    return give(deliveries, fact, Map.of("fact", fact.name()), Times.AS_THE_ORDER_SAYS);
  }

  /**
   * What the channel's owner chose beforehand: the times that the sender set go on to hold. How
   * many moved.
   *
   * @param told what the events say beside the usual
   */
  int give(Collection<DeliveryId> deliveries, DeliveryFact fact, Map<String, String> told) {
    return give(deliveries, fact, told, Times.KEPT);
  }

  private int give(
      Collection<DeliveryId> deliveries, DeliveryFact fact, Map<String, String> told, Times times) {
    List<Standing> all = moves.lockAll(message);
    List<Move> made =
        withContent(
            all.stream()
                .filter(standing -> deliveries.contains(standing.id()))
                .flatMap(standing -> standing.on(fact, evidence(fact), failure(fact)).stream())
                .toList());
    moves.make(made, told);
    List<DispatchId> queued =
        made.stream()
            .filter(move -> move.to() == DeliveryState.QUEUED)
            .map(move -> move.from().dispatch())
            .distinct()
            .toList();
    switch (times) {
      case AS_THE_ORDER_SAYS -> sendAtOnce(toBeSentAtOnce(queued, fact, all));
      case KEPT -> {}
    }
    queue(queued);
    rest(made.stream().filter(move -> move.to() == DeliveryState.CANCELLED).toList());
    moves.file();
    return made.size();
  }

  /** What is purged is not there to be sent. */
  private List<Move> withContent(List<Move> moves) {
    boolean queues = moves.stream().anyMatch(move -> move.to() == DeliveryState.QUEUED);
    return !queues || keepsContent()
        ? moves
        : moves.stream().filter(move -> move.to() != DeliveryState.QUEUED).toList();
  }

  /**
   * Of a purge and an order, one wins: both change the message's row, and whoever comes second sees
   * what the first did. The transcripts that the order leads to are to be looked at in their time.
   */
  private boolean keepsContent() {
    int kept =
        handle
            .createUpdate(
                """
                UPDATE message SET transcripts_due_at = now()
                 WHERE team_id = :team AND id = :message AND content_purged_at IS NULL\
                """)
            .bind("team", team.value())
            .bind("message", message.value())
            .execute();
    return kept == 1;
  }

  /** What still waits aboard keeps the times that it was given. */
  static List<DispatchId> toBeSentAtOnce(
      List<DispatchId> queued, DeliveryFact fact, List<Standing> all) {
    if (!SETS_ASIDE_THE_SCHEDULE.contains(fact)) {
      return List.of();
    }
    Set<DispatchId> waiting =
        all.stream()
            .filter(standing -> standing.on(DeliveryFact.RESCHEDULED).isPresent())
            .map(Standing::dispatch)
            .collect(Collectors.toUnmodifiableSet());
    return queued.stream().filter(dispatch -> !waiting.contains(dispatch)).toList();
  }

  private void sendAtOnce(List<DispatchId> dispatches) {
    if (dispatches.isEmpty()) {
      return;
    }
    handle
        .createUpdate(
            """
            UPDATE dispatch SET send_at = NULL, expires_at = NULL
             WHERE team_id = :team AND id = ANY (:ids)\
            """)
        .bind("team", team.value())
        .bind("ids", SqlArray.uuids(dispatches.stream().map(DispatchId::value).toList()))
        .execute();
  }

  /**
   * Its time counts anew, and nothing is due before its time. While a lease is held, whoever gives
   * it back makes the dispatch due.
   */
  private void queue(List<DispatchId> dispatches) {
    if (dispatches.isEmpty()) {
      return;
    }
    handle
        .createUpdate(
            """
            UPDATE dispatch
               SET deferrals = 0,
                   tried_since = greatest(t.now, send_at),
                   waiting_since = NULL,
                   due_at = CASE WHEN lease_holder IS NULL THEN greatest(t.now, send_at)
                                  ELSE due_at END,
                   ready_at = NULL
              FROM (SELECT now() AS now OFFSET 0) t
             WHERE team_id = :team AND id = ANY (:ids)\
            """)
        .bind("team", team.value())
        .bind("ids", SqlArray.uuids(dispatches.stream().map(DispatchId::value).toList()))
        .execute();
  }

  /** Nobody looks at it any more once nothing of it is left. */
  private void rest(List<Move> cancelled) {
    if (cancelled.isEmpty()) {
      return;
    }
    handle
        .createUpdate(
            """
            UPDATE dispatch d SET waiting_since = NULL, due_at = NULL, ready_at = NULL
             WHERE team_id = :team AND id = ANY (:ids) AND lease_holder IS NULL
               AND NOT EXISTS (SELECT FROM delivery
                                WHERE team_id = :team AND message_id = :message
                                  AND dispatch_id = d.id
                                  AND state IN ('SCHEDULED', 'QUEUED', 'WAITING'))\
            """)
        .bind("team", team.value())
        .bind("message", message.value())
        .bind(
            "ids",
            SqlArray.uuids(
                cancelled.stream().map(move -> move.from().dispatch().value()).distinct().toList()))
        .execute();
  }

  private static Optional<Evidence> evidence(DeliveryFact fact) {
    return switch (fact) {
      case DECLARED_SENT -> Optional.of(Evidence.PERSON);
      case ASSUMED_SENT -> Optional.of(Evidence.ASSUMED);
      case SHOWN_SENT -> Optional.of(Evidence.PROVIDER);
      default -> Optional.empty();
    };
  }

  private static Optional<Failure> failure(DeliveryFact fact) {
    return fact == DeliveryFact.CANCELLED
        ? Optional.of(Failure.of(Cause.CANCELLED, "It was withdrawn."))
        : Optional.empty();
  }
}
