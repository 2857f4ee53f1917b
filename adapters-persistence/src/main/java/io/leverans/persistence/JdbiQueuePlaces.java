package io.leverans.persistence;

import io.leverans.application.port.out.QueuePlaces;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.Urgency;
import io.leverans.domain.team.TeamId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;

/** What the table {@code dispatch} tells of a message. */
public final class JdbiQueuePlaces implements QueuePlaces {
  private final Jdbi jdbi;

  public JdbiQueuePlaces(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public List<Place> of(TeamId team, MessageId message) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT p.channel_id, p.lane, p.urgency, p.deferrals, p.due_at, p.ready_at,
                           p.lease_holder, p.waiting_since, l.aboard, now() AS now,
                           (extract(epoch FROM coalesce(p.waiting_since, p.ready_at, now())
                              - p.tried_since) * 1000)::bigint AS age,
                           CASE WHEN p.ready_at IS NOT NULL THEN (
                             SELECT count(*)
                               FROM (SELECT FROM dispatch a
                                      WHERE a.team_id = :team AND a.lane = p.lane
                                        AND a.urgency = p.urgency AND a.sender = p.sender
                                        AND a.ready_at IS NOT NULL AND a.id < p.id
                                      LIMIT :most) AS ahead) END AS ahead
                      FROM (SELECT dispatch_id, array_agg(id) AS aboard FROM delivery
                             WHERE team_id = :team AND message_id = :message
                               AND dispatch_id IS NOT NULL
                             GROUP BY dispatch_id) l
                      JOIN dispatch p ON p.team_id = :team AND p.id = l.dispatch_id
                     ORDER BY p.id\
                    """)
                .bind("team", team.value())
                .bind("message", message.value())
                .bind("most", MOST_COUNTED)
                .map((row, _) -> place(row))
                .list());
  }

  private static Place place(ResultSet row) throws SQLException {
    return new Place(
        aboard(row),
        new ChannelId(Columns.uuid(row, "channel_id")),
        new Lane(row.getString("lane")),
        Columns.constant(row, "urgency", Urgency.class),
        row.getInt("deferrals"),
        Duration.ofMillis(row.getLong("age")),
        waiting(row),
        Columns.instant(row, "now"));
  }

  private static Set<DeliveryId> aboard(ResultSet row) throws SQLException {
    return Arrays.stream((UUID[]) row.getArray("aboard").getArray())
        .map(DeliveryId::new)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Waiting waiting(ResultSet row) throws SQLException {
    Optional<Instant> ready = Columns.optionalInstant(row, "ready_at");
    if (ready.isPresent()) {
      return new Waiting.ForTurn(ready.get(), row.getInt("ahead"));
    }
    Optional<Instant> due = Columns.optionalInstant(row, "due_at");
    boolean leased = Columns.optionalUuid(row, "lease_holder").isPresent();
    if (due.isPresent()) {
      return leased ? new Waiting.ForAttempt(due.get()) : new Waiting.ForTime(due.get());
    }
    return Columns.optionalInstant(row, "waiting_since")
        .<Waiting>map(Waiting.ForChannel::new)
        .orElseGet(Waiting.ForNothing::new);
  }

  /** One look by key for each team. */
  @Override
  public Optional<TeamId> teamOf(MessageId message) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT t.team_id FROM team t
                     WHERE EXISTS (SELECT FROM message m
                                    WHERE m.team_id = t.team_id AND m.id = :message)\
                    """)
                .bind("message", message.value())
                .map((row, _) -> new TeamId(row.getLong("team_id")))
                .findOne());
  }
}
