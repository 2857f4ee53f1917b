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
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** What a person decides on messages' deliveries, or an inquiry shows, in one transaction. */
final class PersonsOrder {
  /** A person wants it tried now, whatever was asked for when it was written. */
  private static final Set<DeliveryFact> SETS_ASIDE_THE_SCHEDULE =
      EnumSet.of(DeliveryFact.RETRY_ORDERED, DeliveryFact.RESEND_ORDERED);

  private final Handle handle;
  private final TeamId team;
  private final Set<MessageId> messages;
  private final DeliveryMoves moves;

  PersonsOrder(Handle handle, TeamId team, MessageId message) {
    this(handle, team, List.of(message));
  }

  PersonsOrder(Handle handle, TeamId team, Collection<MessageId> messages) {
    this.handle = handle;
    this.team = team;
    this.messages = Set.copyOf(messages);
    this.moves = new DeliveryMoves(handle, team);
  }

  /** What becomes of the times that the sender set. */
  private enum Times {
    AS_THE_ORDER_SAYS,
    KEPT
  }

  /**
   * What came of it; all others have no move from where they stand.
   *
   * @param withoutContent those that would have been queued, had their messages any content left
   */
  record Given(Set<DeliveryId> moved, Set<DeliveryId> withoutContent) {
    Given {
      moved = Set.copyOf(moved);
      withoutContent = Set.copyOf(withoutContent);
    }
  }

  /** How many moved. */
  int give(Collection<DeliveryId> deliveries, DeliveryFact fact) {
    return giveEach(deliveries, fact).moved().size();
  }

  /** Which moved. */
  Given giveEach(Collection<DeliveryId> deliveries, DeliveryFact fact) {
    return give(deliveries, fact, Map.of("fact", fact.name()), Times.AS_THE_ORDER_SAYS);
  }

  /**
   * What the channel's owner chose beforehand: the times that the sender set go on to hold. How
   * many moved.
   *
   * @param told what the events say beside the usual
   */
  int give(Collection<DeliveryId> deliveries, DeliveryFact fact, Map<String, String> told) {
    return give(deliveries, fact, told, Times.KEPT).moved().size();
  }

  private Given give(
      Collection<DeliveryId> deliveries, DeliveryFact fact, Map<String, String> told, Times times) {
    List<Standing> all = moves.lockAll(messages);
    List<Move> possible =
        all.stream()
            .filter(standing -> deliveries.contains(standing.id()))
            .flatMap(standing -> standing.on(fact, evidence(fact), failure(fact)).stream())
            .toList();
    List<Move> made = withContent(possible);
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
    return new Given(ids(made), withoutContent(possible, made));
  }

  private static Set<DeliveryId> ids(Collection<Move> moves) {
    return moves.stream().map(move -> move.from().id()).collect(Collectors.toUnmodifiableSet());
  }

  private static Set<DeliveryId> withoutContent(List<Move> possible, List<Move> made) {
    Set<DeliveryId> moved = ids(made);
    return ids(possible).stream()
        .filter(delivery -> !moved.contains(delivery))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** What is purged is not there to be sent. */
  private List<Move> withContent(List<Move> possible) {
    Set<MessageId> queued =
        possible.stream()
            .filter(move -> move.to() == DeliveryState.QUEUED)
            .map(move -> move.from().message())
            .collect(Collectors.toUnmodifiableSet());
    if (queued.isEmpty()) {
      return possible;
    }
    Set<MessageId> kept = keepingContent(queued);
    return possible.stream()
        .filter(move -> move.to() != DeliveryState.QUEUED || kept.contains(move.from().message()))
        .toList();
  }

  /**
   * Of a purge and an order, one wins: both change the message's row, and whoever comes second sees
   * what the first did. The transcripts that the order leads to are to be looked at in their time.
   */
  private Set<MessageId> keepingContent(Set<MessageId> queued) {
    List<UUID> ids = moves.lockMessages(queued.stream().map(MessageId::value).toList());
    return handle
        .createQuery(
            """
            UPDATE message SET transcripts_due_at = now()
             WHERE team_id = :team AND id = ANY (:ids) AND content_purged_at IS NULL
            RETURNING id\
            """)
        .bind("team", team.value())
        .bind("ids", SqlArray.uuids(ids))
        .map((row, _) -> new MessageId(Columns.uuid(row, "id")))
        .collect(Collectors.toUnmodifiableSet());
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
                                WHERE team_id = :team AND message_id = ANY (:messages)
                                  AND dispatch_id = d.id
                                  AND state IN ('SCHEDULED', 'QUEUED', 'WAITING'))\
            """)
        .bind("team", team.value())
        .bind("messages", SqlArray.uuids(messages.stream().map(MessageId::value).toList()))
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
