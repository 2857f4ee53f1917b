package io.leverans.persistence;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.leverans.application.view.EventKind;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.delivery.DispatchId;
import io.leverans.domain.delivery.Evidence;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.Lifecycle;
import io.leverans.domain.message.ErasedRecipient;
import io.leverans.domain.message.Folder;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.team.TeamId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/**
 * Moves deliveries by the table of legal moves, inside the caller's transaction, and keeps with
 * them what must agree: the message's folder and the events.
 *
 * <p>Rows are locked in one order everywhere, so that no two transactions wait for each other:
 * dispatches by id, their deliveries, messages by id. The folder is read after its message is
 * locked: of two transactions that move deliveries of one message, the second sees the first's.
 */
final class DeliveryMoves {
  private static final RowMapper<Standing> STANDING =
      (row, _) ->
          new Standing(
              new DeliveryId(Columns.uuid(row, "id")),
              new MessageId(Columns.uuid(row, "message_id")),
              new DispatchId(Columns.uuid(row, "dispatch_id")),
              row.getString("address"),
              Columns.constant(row, "state", DeliveryState.class),
              row.getInt("attempt"));

  private final Handle handle;
  private final TeamId team;
  private final UndeliveredRows undelivered;
  private final Set<UUID> misfiled = new LinkedHashSet<>();

  DeliveryMoves(Handle handle, TeamId team) {
    this.handle = handle;
    this.team = team;
    this.undelivered = new UndeliveredRows(handle, team);
  }

  /** Where a delivery stands, locked until the end of the transaction. */
  record Standing(
      DeliveryId id,
      MessageId message,
      DispatchId dispatch,
      String recipient,
      DeliveryState state,
      int attempt) {

    /** What the fact makes of it, if the table has a move. */
    Optional<Move> on(DeliveryFact fact, Optional<Evidence> evidence, Optional<Failure> failure) {
      return Lifecycle.next(state, fact).map(to -> new Move(this, to, fact, evidence, failure));
    }

    Optional<Move> on(DeliveryFact fact) {
      return on(fact, Optional.empty(), Optional.empty());
    }

    /** Whether its recipient's data was erased. */
    boolean isErased() {
      return recipient.equals(ErasedRecipient.ADDRESS.toString());
    }

    Standing in(DeliveryState other) {
      return new Standing(id, message, dispatch, recipient, other, attempt);
    }
  }

  /** A legal move with what is learnt by it. */
  record Move(
      Standing from,
      DeliveryState to,
      DeliveryFact fact,
      Optional<Evidence> evidence,
      Optional<Failure> failure) {

    Standing after() {
      return from.in(to);
    }

    private String evidenceText() {
      return evidence.map(Evidence::name).orElse("");
    }

    String failureText() {
      return failure.map(Json::write).orElse("");
    }

    /** A lease that was lost before the hand-over is nobody's concern but ours. */
    Optional<JdbiEvents.Draft> event(Map<String, String> more) {
      if (fact == DeliveryFact.LEASE_LOST && to != DeliveryState.IN_DOUBT) {
        return Optional.empty();
      }
      return EventKind.of(fact)
          .map(kind -> new JdbiEvents.Draft(kind, eventData(from, to, evidence, failure, more)));
    }
  }

  /** The deliveries aboard these dispatches, which the caller has locked, by their message. */
  List<Standing> lockAboard(Map<DispatchId, MessageId> dispatches) {
    List<Map.Entry<DispatchId, MessageId>> of = List.copyOf(dispatches.entrySet());
    return handle
        .createQuery(
            """
            SELECT d.id, d.message_id, d.dispatch_id, d.address, d.state, d.attempt
              FROM unnest(:dispatches, :messages) AS n (id, message)
              JOIN delivery d ON d.team_id = :team AND d.message_id = n.message
                             AND d.dispatch_id = n.id
             WHERE d.message_id = ANY (:messages)
             ORDER BY d.message_id, d.id
               FOR NO KEY UPDATE OF d\
            """)
        .bind("team", team.value())
        .bind("dispatches", SqlArray.uuids(Columns.each(of, each -> each.getKey().value())))
        .bind("messages", SqlArray.uuids(Columns.each(of, each -> each.getValue().value())))
        .map(STANDING)
        .list();
  }

  /** All deliveries of a message, with the dispatches that they travel in. */
  List<Standing> lockAll(MessageId message) {
    return lockAll(List.of(message));
  }

  /** All deliveries of these messages, with the dispatches that they travel in. */
  List<Standing> lockAll(Collection<MessageId> messages) {
    Map<DispatchId, MessageId> dispatches = new LinkedHashMap<>();
    handle
        .createQuery(
            """
            SELECT id, message_id FROM dispatch
             WHERE team_id = :team
               AND id IN (SELECT dispatch_id FROM delivery
                           WHERE team_id = :team AND message_id = ANY (:messages))
             ORDER BY id
               FOR NO KEY UPDATE\
            """)
        .bind("team", team.value())
        .bind("messages", SqlArray.uuids(messages.stream().map(MessageId::value).toList()))
        .map(
            (row, _) ->
                dispatches.put(
                    new DispatchId(Columns.uuid(row, "id")),
                    new MessageId(Columns.uuid(row, "message_id"))))
        .list();
    return lockAboard(dispatches);
  }

  /** A delivery of ours: what others sent and was logged, nothing happens to. */
  Optional<Standing> lock(DeliveryId delivery) {
    return handle
        .createQuery(
            """
            SELECT id, message_id, dispatch_id, address, state, attempt FROM delivery
             WHERE team_id = :team AND id = :id AND dispatch_id IS NOT NULL
               FOR NO KEY UPDATE\
            """)
        .bind("team", team.value())
        .bind("id", delivery.value())
        .map(STANDING)
        .findOne();
  }

  /** Makes the moves and writes their events. {@link #file} is to follow, once, at the end. */
  void make(List<Move> moves) {
    make(moves, Map.of());
  }

  /**
   * Makes the moves and writes their events. {@link #file} is to follow, once, at the end.
   *
   * @param more what is to be told in each event beside the usual
   */
  void make(List<Move> moves, Map<String, String> more) {
    makeUntold(moves);
    List<JdbiEvents.Draft> events =
        moves.stream().map(move -> move.event(more)).flatMap(Optional::stream).toList();
    JdbiEvents.write(handle, team, events);
    new AutomaticSuppression(handle, team).heed(moves);
  }

  /** Makes moves that are nobody's concern but ours. {@link #file} is to follow all the same. */
  void makeUntold(List<Move> moves) {
    if (moves.isEmpty()) {
      return;
    }
    update(moves);
    undelivered.follow(moves);
    moves.stream()
        .filter(move -> Folder.of(move.from().state()) != Folder.of(move.to()))
        .forEach(move -> misfiled.add(move.from().message().value()));
  }

  /**
   * A delivery that is accepted has no failure any more, and one that is queued again no evidence
   * yet; else what is known stays until something newer is.
   */
  private void update(List<Move> moves) {
    int moved =
        handle
            .createUpdate(
                """
                UPDATE delivery d
                   SET state = m.state,
                       evidence = CASE WHEN m.state = 'QUEUED' THEN NULL
                                       ELSE coalesce(nullif(m.evidence, ''), d.evidence) END,
                       failure = CASE WHEN m.state IN ('ACCEPTED', 'CONFIRMED') THEN NULL
                                      ELSE coalesce(nullif(m.failure, '')::jsonb, d.failure) END
                  FROM unnest(:ids, :origins, :states, :evidences, :failures)
                       AS m (id, origin, state, evidence, failure)
                 WHERE d.team_id = :team AND d.id = ANY (:ids) AND d.id = m.id AND d.state = m.origin\
                """)
            .bind("team", team.value())
            .bind("ids", SqlArray.uuids(moves.stream().map(m -> m.from().id().value()).toList()))
            .bind("origins", SqlArray.texts(names(moves.stream().map(m -> m.from().state()))))
            .bind("states", SqlArray.texts(names(moves.stream().map(Move::to))))
            .bind("evidences", SqlArray.texts(moves.stream().map(Move::evidenceText).toList()))
            .bind("failures", SqlArray.texts(moves.stream().map(Move::failureText).toList()))
            .execute();
    if (moved != moves.size()) {
      throw new IllegalStateException("a delivery moved while it was locked");
    }
  }

  /**
   * Puts the messages of moved deliveries into the gravest folder of all their deliveries; mail of
   * the system lies in none.
   */
  void file() {
    if (misfiled.isEmpty()) {
      return;
    }
    Map<UUID, Folder> folders = folders(lockMessages(misfiled));
    handle
        .createUpdate(
            """
            UPDATE message m SET folder = f.folder
              FROM unnest(:ids, :folders) AS f (id, folder)
             WHERE m.team_id = :team AND m.id = ANY (:ids) AND m.id = f.id AND m.folder <> f.folder\
            """)
        .bind("team", team.value())
        .bind("ids", SqlArray.uuids(folders.keySet()))
        .bind("folders", SqlArray.texts(names(folders.values().stream())))
        .execute();
  }

  /** In their usual order, after the deliveries of them that are locked. */
  List<UUID> lockMessages(Collection<UUID> messages) {
    return handle
        .createQuery(
            """
            SELECT id FROM message WHERE team_id = :team AND id = ANY (:ids)
             ORDER BY id
               FOR NO KEY UPDATE\
            """)
        .bind("team", team.value())
        .bind("ids", SqlArray.uuids(messages))
        .mapTo(UUID.class)
        .list();
  }

  private Map<UUID, Folder> folders(List<UUID> messages) {
    Map<UUID, List<DeliveryState>> states =
        handle
            .createQuery(
                """
                SELECT message_id, state FROM delivery
                 WHERE team_id = :team AND message_id = ANY (:messages)\
                """)
            .bind("team", team.value())
            .bind("messages", SqlArray.uuids(messages))
            .map(
                (row, _) ->
                    Map.entry(
                        Columns.uuid(row, "message_id"),
                        Columns.constant(row, "state", DeliveryState.class)))
            .collect(groupingBy(Map.Entry::getKey, mapping(Map.Entry::getValue, toList())));
    Map<UUID, Folder> folders = new LinkedHashMap<>();
    states.forEach((message, of) -> folders.put(message, Folder.of(of)));
    return folders;
  }

  /** Nothing of these dispatches is left to send: nobody looks at them any more. */
  void rest(Collection<DispatchId> dispatches) {
    if (dispatches.isEmpty()) {
      return;
    }
    handle
        .createUpdate(
            """
            UPDATE dispatch SET ready_at = NULL, due_at = NULL, waiting_since = NULL
             WHERE team_id = :team AND id = ANY (:ids)\
            """)
        .bind("team", team.value())
        .bind("ids", SqlArray.uuids(dispatches.stream().map(DispatchId::value).toList()))
        .execute();
  }

  /** What every event of a delivery tells. */
  static Map<String, String> eventData(
      Standing standing,
      DeliveryState state,
      Optional<Evidence> evidence,
      Optional<Failure> failure,
      Map<String, String> more) {
    Map<String, String> data = new LinkedHashMap<>(more);
    data.put("messageId", standing.message().value().toString());
    data.put("deliveryId", standing.id().value().toString());
    data.put("recipient", standing.recipient());
    data.put("state", state.name());
    evidence.ifPresent(by -> data.put("evidence", by.name()));
    failure.ifPresent(
        reason -> {
          data.put("cause", reason.cause().name());
          data.put("words", reason.words());
        });
    return data;
  }

  private static List<String> names(Stream<? extends Enum<?>> constants) {
    return constants.map(Enum::name).toList();
  }
}
