package io.leverans.persistence;

import io.leverans.application.port.out.Lanes.ImpededLane;
import io.leverans.application.port.out.StuckMail;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DispatchId;
import io.leverans.domain.delivery.Expiry;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.team.TeamId;
import io.leverans.persistence.DeliveryMoves.Move;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Stuck mail in the tables {@code dispatch} and {@code delivery}. */
public final class JdbiStuckMail implements StuckMail {
  private final Jdbi jdbi;

  public JdbiStuckMail(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** A dispatch that is too old, locked. */
  private record TooOld(DispatchId id, MessageId message, int deferrals) {}

  /** One look into the index for each team. */
  @Override
  public List<TeamId> teamsBehind(Lane lane) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT t.team_id FROM team t
                     WHERE EXISTS (SELECT FROM dispatch d
                                    WHERE d.team_id = t.team_id AND d.lane = :lane
                                      AND d.ready_at IS NOT NULL)
                     ORDER BY t.team_id\
                    """)
                .bind("lane", lane.name())
                .map((row, _) -> new TeamId(row.getLong("team_id")))
                .list());
  }

  @Override
  public int giveUp(TeamId team, ImpededLane lane, Patience patience, int atMost) {
    return jdbi.inTransaction(
        handle -> {
          List<TooOld> tooOld = lock(handle, team, lane, patience, atMost);
          if (!tooOld.isEmpty()) {
            fail(handle, team, lane, tooOld);
          }
          return tooOld.size();
        });
  }

  /**
   * How long it has been tried: from when it was tried first, without the time it waited for its
   * channel, and without the time it was ready while the lane still flowed.
   */
  private static List<TooOld> lock(
      Handle handle, TeamId team, ImpededLane lane, Patience patience, int atMost) {
    List<Map.Entry<ChannelId, Duration>> channels = List.copyOf(patience.ofChannels().entrySet());
    return handle
        .createQuery(
            """
            SELECT id, message_id, deferrals FROM dispatch
             WHERE team_id = :team AND lane = :lane AND ready_at IS NOT NULL
               AND lease_holder IS NULL
               AND now() - tried_since
                     - coalesce(ready_at - waiting_since, interval '0')
                     - greatest(:since - ready_at, interval '0')
                   >= coalesce(
                        (SELECT p.millis FROM unnest(:channels, :millis) AS p (channel, millis)
                          WHERE p.channel = dispatch.channel_id),
                        :usual) * interval '1 millisecond'
             ORDER BY id
             LIMIT :atMost
               FOR UPDATE SKIP LOCKED\
            """)
        .bind("team", team.value())
        .bind("lane", lane.lane().name())
        .bind("since", lane.since().atOffset(ZoneOffset.UTC))
        .bind("channels", SqlArray.uuids(Columns.each(channels, each -> each.getKey().value())))
        .bind("millis", SqlArray.longs(Columns.each(channels, each -> each.getValue().toMillis())))
        .bind("usual", patience.usual().toMillis())
        .bind("atMost", atMost)
        .map(
            (row, _) ->
                new TooOld(
                    new DispatchId(Columns.uuid(row, "id")),
                    new MessageId(Columns.uuid(row, "message_id")),
                    row.getInt("deferrals")))
        .list();
  }

  private static void fail(Handle handle, TeamId team, ImpededLane lane, List<TooOld> tooOld) {
    Map<DispatchId, Failure> failures =
        tooOld.stream()
            .collect(
                Collectors.toMap(
                    TooOld::id,
                    each -> Expiry.behind(lane.flow(), lane.since(), each.deferrals())));
    var moves = new DeliveryMoves(handle, team);
    List<Move> made =
        moves
            .lockAboard(tooOld.stream().collect(Collectors.toMap(TooOld::id, TooOld::message)))
            .stream()
            .flatMap(
                standing ->
                    standing
                        .on(
                            DeliveryFact.GAVE_UP,
                            Optional.empty(),
                            Optional.ofNullable(failures.get(standing.dispatch())))
                        .stream())
            .toList();
    moves.make(made);
    moves.file();
    moves.rest(failures.keySet());
  }
}
