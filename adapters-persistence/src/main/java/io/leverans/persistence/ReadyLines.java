package io.leverans.persistence;

import io.leverans.application.port.out.Line;
import io.leverans.application.port.out.LineSearch;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.identity.IdentityId;
import io.leverans.domain.message.Urgency;
import io.leverans.domain.team.TeamId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Where mail of one team is ready: on which lanes, and whose. Each answer is one step through the
 * index, however much waits behind it.
 */
final class ReadyLines {
  /** In place of an identity; no identity has it. */
  static final UUID SYSTEM = new UUID(0, 1);

  private static final UUID BEFORE_ALL = new UUID(0, 0);

  private final Handle handle;
  private final TeamId team;

  ReadyLines(Handle handle, TeamId team) {
    this.handle = handle;
    this.team = team;
  }

  /** How a line's sender is stored. */
  static UUID senderOf(Optional<IdentityId> identity) {
    return identity.map(IdentityId::value).orElse(SYSTEM);
  }

  private static Line line(ResultSet row) throws SQLException {
    UUID sender = Columns.uuid(row, "sender");
    return new Line(
        new Lane(row.getString("lane")),
        Columns.constant(row, "urgency", Urgency.class),
        sender.equals(SYSTEM) ? Optional.empty() : Optional.of(new IdentityId(sender)));
  }

  List<Lane> lanes(Optional<Lane> after, int atMost) {
    return handle
        .createQuery(
            """
            WITH RECURSIVE step AS (
              SELECT :after AS lane, 0 AS number
              UNION ALL
              SELECT (SELECT d.lane FROM dispatch d
                       WHERE d.team_id = :team AND d.lane > step.lane AND d.ready_at IS NOT NULL
                       ORDER BY d.lane
                       LIMIT 1),
                     step.number + 1
                FROM step
               WHERE step.lane IS NOT NULL AND step.number < :atMost)
            SELECT lane FROM step WHERE number > 0 AND lane IS NOT NULL ORDER BY number\
            """)
        .bind("team", team.value())
        .bind("after", after.map(Lane::name).orElse(""))
        .bind("atMost", atMost)
        .map((row, _) -> new Lane(row.getString("lane")))
        .list();
  }

  List<Line> lines(List<LineSearch> searches) {
    return handle
        .createQuery(
            """
            SELECT a.lane, a.urgency, line.sender
              FROM unnest(:lanes, :urgencies, :afters, :counts) WITH ORDINALITY
                   AS a (lane, urgency, after, at_most, place)
             CROSS JOIN LATERAL (
                   WITH RECURSIVE step AS (
                     SELECT a.after AS sender, 0 AS number
                     UNION ALL
                     SELECT (SELECT d.sender FROM dispatch d
                              WHERE d.team_id = :team AND d.lane = a.lane
                                AND d.urgency = a.urgency AND d.sender > step.sender
                                AND d.ready_at IS NOT NULL
                              ORDER BY d.sender
                              LIMIT 1),
                            step.number + 1
                       FROM step
                      WHERE step.sender IS NOT NULL AND step.number < a.at_most)
                   SELECT sender FROM step WHERE number > 0 AND sender IS NOT NULL) line
             ORDER BY a.place, line.sender\
            """)
        .bind("team", team.value())
        .bind("lanes", SqlArray.texts(Columns.each(searches, search -> search.lane().name())))
        .bind(
            "urgencies", SqlArray.texts(Columns.each(searches, search -> search.urgency().name())))
        .bind("afters", SqlArray.uuids(Columns.each(searches, ReadyLines::after)))
        .bind("counts", SqlArray.integers(Columns.each(searches, LineSearch::atMost)))
        .map((row, _) -> line(row))
        .list();
  }

  private static UUID after(LineSearch search) {
    return search.after().map(line -> senderOf(line.sender())).orElse(BEFORE_ALL);
  }
}
