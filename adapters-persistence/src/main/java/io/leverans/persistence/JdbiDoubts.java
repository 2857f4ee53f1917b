package io.leverans.persistence;

import io.leverans.application.port.out.Doubts;
import io.leverans.application.port.out.Messages.Routed;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The deliveries in doubt. */
public final class JdbiDoubts implements Doubts {
  private final Jdbi jdbi;
  private final MessageReader messages;

  public JdbiDoubts(Jdbi jdbi) {
    this.jdbi = jdbi;
    this.messages = new MessageReader(jdbi);
  }

  /** A dispatch that was taken on, by one of its deliveries. */
  private record Taken(DeliveryId delivery, Instant handedOverAt, Instant takenAt) {}

  @Override
  public List<TeamId> teams(int atMost) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT DISTINCT team_id FROM delivery
                     WHERE state = 'IN_DOUBT'
                     LIMIT :atMost\
                    """)
                .bind("atMost", atMost)
                .map((row, _) -> new TeamId(row.getLong("team_id")))
                .list());
  }

  @Override
  public List<Doubt> take(TeamId team, Set<ChannelKind> kinds, Duration pause, int atMost) {
    List<Taken> taken = jdbi.inTransaction(handle -> take(handle, team, kinds, pause, atMost));
    return taken.stream().flatMap(one -> doubt(team, one).stream()).toList();
  }

  private static List<Taken> take(
      Handle handle, TeamId team, Set<ChannelKind> kinds, Duration pause, int atMost) {
    return handle
        .createQuery(
            """
            WITH free AS (
              SELECT p.id FROM dispatch p
                JOIN channel c ON c.team_id IN (0, :team) AND c.id = p.channel_id
               WHERE p.team_id = :team AND c.kind = ANY (:kinds) AND c.removed_at IS NULL
                 AND p.id IN (SELECT dispatch_id FROM delivery
                               WHERE team_id = :team AND state = 'IN_DOUBT')
                 AND coalesce(p.inquired_at < now() - :millis * interval '1 millisecond', true)
               ORDER BY p.inquired_at NULLS FIRST
               LIMIT :atMost
                 FOR NO KEY UPDATE OF p SKIP LOCKED),
            taken AS (
              UPDATE dispatch p SET inquired_at = now()
                FROM free
               WHERE p.team_id = :team AND p.id = free.id
              RETURNING p.id)
            SELECT DISTINCT ON (d.dispatch_id) d.id, a.handed_over_at, now() AS taken_at
              FROM taken
              JOIN delivery d ON d.team_id = :team AND d.dispatch_id = taken.id
               AND d.state = 'IN_DOUBT'
              JOIN attempt a ON a.team_id = :team AND a.delivery_id = d.id
               AND a.number = d.attempt
             WHERE a.handed_over_at IS NOT NULL
             ORDER BY d.dispatch_id, d.position\
            """)
        .bind("team", team.value())
        .bindArray("kinds", String.class, kinds.stream().map(ChannelKind::name).toList())
        .bind("millis", pause.toMillis())
        .bind("atMost", atMost)
        .map(
            (row, _) ->
                new Taken(
                    new DeliveryId(Columns.uuid(row, "id")),
                    Columns.instant(row, "handed_over_at"),
                    Columns.instant(row, "taken_at")))
        .list();
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
        .bindArray(
            "deliveries",
            UUID.class,
            doubt.dispatch().envelopes().stream()
                .map(envelope -> envelope.delivery().value())
                .toList())
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
        .bindArray("deliveries", UUID.class, deliveries.stream().map(DeliveryId::value).toList())
        .bind("number", doubt.dispatch().attempt())
        .bind("reference", reference)
        .execute();
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
