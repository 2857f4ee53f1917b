package io.leverans.persistence;

import io.leverans.application.port.out.Doubts;
import io.leverans.application.port.out.Messages.Routed;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.team.TeamId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;

/** The deliveries in doubt. */
public final class JdbiDoubts implements Doubts {
  static final String DOUBTS =
      """
      delivery d
        JOIN dispatch p ON p.team_id = d.team_id AND p.id = d.dispatch_id
        JOIN attempt a ON a.team_id = d.team_id AND a.delivery_id = d.id AND a.number = d.attempt\
      """;

  /** What was asked about an earlier attempt does not count. */
  private static final String DUE_AT =
      """
      CASE WHEN p.inquired_at >= a.handed_over_at
           THEN p.inquired_at
                + least(:longest * interval '1 millisecond',
                        greatest(:shortest * interval '1 millisecond',
                                 (p.inquired_at - a.handed_over_at) / 2))
           ELSE a.handed_over_at
       END\
      """;

  private static final String IS_DUE =
      "d.in_doubt AND a.handed_over_at > now() - :end * interval '1 millisecond' AND "
          + DUE_AT
          + " <= now()";

  private final Jdbi jdbi;
  private final MessageReader messages;

  public JdbiDoubts(Jdbi jdbi) {
    this.jdbi = jdbi;
    this.messages = new MessageReader(jdbi);
  }

  /** A dispatch that was taken on, by one of its deliveries. */
  private record Taken(DeliveryId delivery, Instant handedOverAt, Instant takenAt) {}

  @Override
  public List<Place> due(Set<ChannelKind> kinds, Rhythm rhythm, int atMost) {
    return jdbi.withHandle(
        handle ->
            bind(
                    handle.createQuery(
                        """
                        SELECT d.team_id, p.channel_id
                          FROM <doubts>
                          LEFT JOIN channel c ON c.team_id = d.team_id AND c.id = p.channel_id
                         WHERE <isDue>
                           AND ((c.kind = ANY (:kinds) AND c.removed_at IS NULL)
                                OR p.channel_id IN (SELECT id FROM channel
                                                     WHERE team_id = 0 AND kind = ANY (:kinds)))
                         GROUP BY d.team_id, p.channel_id
                         ORDER BY min(<dueAt>)
                         LIMIT :atMost\
                        """),
                    rhythm)
                .bind("kinds", SqlArray.texts(kinds.stream().map(ChannelKind::name).toList()))
                .bind("atMost", atMost)
                .map(
                    (row, _) ->
                        new Place(
                            new TeamId(row.getLong("team_id")),
                            new ChannelId(Columns.uuid(row, "channel_id"))))
                .list());
  }

  private static Query bind(Query query, Rhythm rhythm) {
    return query
        .define("doubts", DOUBTS)
        .define("isDue", IS_DUE)
        .define("dueAt", DUE_AT)
        .bind("shortest", rhythm.shortest().toMillis())
        .bind("longest", rhythm.longest().toMillis())
        .bind("end", rhythm.end().toMillis());
  }

  @Override
  public Optional<Doubt> take(Place place, Rhythm rhythm) {
    Optional<Taken> taken = jdbi.inTransaction(handle -> take(handle, place, rhythm));
    return taken.flatMap(one -> doubt(place.team(), one));
  }

  private static Optional<Taken> take(Handle handle, Place place, Rhythm rhythm) {
    return bind(
            handle.createQuery(
                """
                WITH next AS (
                  SELECT p.id AS dispatch_id, d.id, a.handed_over_at, now() AS taken_at
                    FROM <doubts>
                   WHERE d.team_id = :team AND p.channel_id = :channel AND <isDue>
                   ORDER BY <dueAt>, d.position
                   LIMIT 1
                     FOR NO KEY UPDATE OF p SKIP LOCKED)
                UPDATE dispatch SET inquired_at = now()
                  FROM next
                 WHERE dispatch.team_id = :team AND dispatch.id = next.dispatch_id
                RETURNING next.id, next.handed_over_at, next.taken_at\
                """),
            rhythm)
        .bind("team", place.team().value())
        .bind("channel", place.channel().value())
        .map(
            (row, _) ->
                new Taken(
                    new DeliveryId(Columns.uuid(row, "id")),
                    Columns.instant(row, "handed_over_at"),
                    Columns.instant(row, "taken_at")))
        .findOne();
  }

  private Optional<Doubt> doubt(TeamId team, Taken taken) {
    Optional<Routed> routed = messages.findDispatch(team, taken.delivery());
    return routed.map(
        found ->
            new Doubt(found.dispatch(), found.channel(), taken.handedOverAt(), taken.takenAt()));
  }

  @Override
  public int shownSent(Doubt doubt, String reference) {
    return jdbi.inTransaction(
        handle -> {
          List<DeliveryId> still = stillInDoubt(handle, doubt);
          keepReference(handle, doubt, still, reference);
          return move(handle, doubt, still, DeliveryFact.SHOWN_SENT);
        });
  }

  /** What was tried again meanwhile is another doubt, of which nothing is shown. */
  private static List<DeliveryId> stillInDoubt(Handle handle, Doubt doubt) {
    lock(handle, doubt);
    return handle
        .createQuery(
            """
            SELECT id FROM delivery
             WHERE team_id = :team AND id = ANY (:deliveries)
               AND attempt = :number AND state = 'IN_DOUBT'
             ORDER BY id\
            """)
        .bind("team", doubt.dispatch().team().value())
        .bind(
            "deliveries",
            SqlArray.uuids(
                doubt.dispatch().envelopes().stream()
                    .map(envelope -> envelope.delivery().value())
                    .toList()))
        .bind("number", doubt.dispatch().attempt())
        .map((row, _) -> new DeliveryId(Columns.uuid(row, "id")))
        .list();
  }

  /** Until the end of the transaction no other attempt begins. */
  private static void lock(Handle handle, Doubt doubt) {
    handle
        .createQuery("SELECT id FROM dispatch WHERE team_id = :team AND id = :id FOR NO KEY UPDATE")
        .bind("team", doubt.dispatch().team().value())
        .bind("id", doubt.dispatch().id().value())
        .mapTo(UUID.class)
        .list();
  }

  private static void keepReference(
      Handle handle, Doubt doubt, List<DeliveryId> deliveries, String reference) {
    handle
        .createUpdate(
            """
            UPDATE attempt SET reference = :reference
             WHERE team_id = :team AND delivery_id = ANY (:deliveries) AND number = :number\
            """)
        .bind("team", doubt.dispatch().team().value())
        .bind("deliveries", SqlArray.uuids(deliveries.stream().map(DeliveryId::value).toList()))
        .bind("number", doubt.dispatch().attempt())
        .bind("reference", reference)
        .execute();
  }

  @Override
  public List<Unresolved> unresolved(Patience patience, int atMost) {
    return jdbi.withHandle(handle -> ChosenForDoubts.unresolved(handle, patience, atMost));
  }

  @Override
  public int doAsChosen(Unresolved mail, Patience patience) {
    return jdbi.inTransaction(handle -> new ChosenForDoubts(handle, mail, patience).doAsChosen());
  }

  @Override
  public int shownNotSent(Doubt doubt) {
    return jdbi.inTransaction(
        handle -> move(handle, doubt, stillInDoubt(handle, doubt), DeliveryFact.SHOWN_NOT_SENT));
  }

  private static int move(
      Handle handle, Doubt doubt, List<DeliveryId> deliveries, DeliveryFact fact) {
    return new PersonsOrder(handle, doubt.dispatch().team(), doubt.dispatch().message())
        .give(deliveries, fact);
  }
}
