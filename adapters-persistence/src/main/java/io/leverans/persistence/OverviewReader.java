package io.leverans.persistence;

import io.leverans.domain.channel.Impediment;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.PlatformFault;
import io.leverans.persistence.Overview.PacedLane;
import io.leverans.persistence.Overview.TroubledLane;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Reads the overview: over all teams, without locks, with a cost that does not grow with mail. */
final class OverviewReader {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int LINES = 2000;
  private static final int LANES = 50;
  private static final int UNNUMBERED = 1000;

  private final Jdbi jdbi;

  OverviewReader(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  Overview read() {
    return jdbi.inTransaction(
        handle -> {
          handle.execute("SET LOCAL statement_timeout = " + PATIENCE.toMillis());
          Map<String, Duration> oldestReady = new HashMap<>();
          int lines = readLines(handle, oldestReady);
          Map<String, Long> channels = new HashMap<>();
          Map<String, Long> atFault = new HashMap<>();
          readChannels(handle, channels, atFault);
          return new Overview(
              lines,
              oldestReady,
              oldestDue(handle),
              count(handle, "SELECT FROM delivery WHERE in_doubt"),
              count(handle, "SELECT FROM dispatch WHERE waiting_since IS NOT NULL"),
              oldestUnnumbered(handle),
              channels,
              atFault,
              lanes(handle),
              lanesImpeded(handle),
              longestImpeded(handle),
              platformFaults(handle));
        });
  }

  /**
   * Steps through the index of ready mail from one line to the next.
   *
   * @return how many lines there are
   */
  private static int readLines(Handle handle, Map<String, Duration> oldestReady) {
    return handle
        .createQuery(
            """
            WITH RECURSIVE line AS (
              (SELECT team_id, lane, urgency, sender, ready_at, 1 AS number
                 FROM dispatch
                WHERE ready_at IS NOT NULL
                ORDER BY team_id, lane, urgency, sender, id
                LIMIT 1)
              UNION ALL
              SELECT next.*, line.number + 1
                FROM line
               CROSS JOIN LATERAL (
                     SELECT d.team_id, d.lane, d.urgency, d.sender, d.ready_at
                       FROM dispatch d
                      WHERE d.ready_at IS NOT NULL
                        AND (d.team_id, d.lane, d.urgency, d.sender)
                            > (line.team_id, line.lane, line.urgency, line.sender)
                      ORDER BY d.team_id, d.lane, d.urgency, d.sender, d.id
                      LIMIT 1) next
               WHERE line.number < :lines)
            SELECT lane, sum(count(*)) OVER () AS lines,
                   greatest(0, max(extract(epoch FROM now() - ready_at) * 1000))::bigint AS millis
              FROM line
             GROUP BY lane
             ORDER BY millis DESC
             LIMIT :lanes\
            """)
        .bind("lines", LINES)
        .bind("lanes", LANES)
        .map(
            (row, _) -> {
              oldestReady.put(row.getString("lane"), Duration.ofMillis(row.getLong("millis")));
              return row.getInt("lines");
            })
        .list()
        .stream()
        .findFirst()
        .orElse(0);
  }

  private static Duration oldestDue(Handle handle) {
    return age(
        handle,
        """
        SELECT min(first.due_at) FROM team t
         CROSS JOIN LATERAL (
               SELECT d.due_at FROM dispatch d
                WHERE d.team_id = t.team_id AND d.due_at IS NOT NULL
                ORDER BY d.due_at
                LIMIT 1) first\
        """);
  }

  private static Duration oldestUnnumbered(Handle handle) {
    return age(
        handle,
        """
        SELECT min(first.at)
          FROM (SELECT at FROM event WHERE number IS NULL ORDER BY team_id, id LIMIT %d) first\
        """
            .formatted(UNNUMBERED));
  }

  /** Nothing, and what is yet to come, is no time old. */
  private static Duration age(Handle handle, String oldest) {
    return handle
        .createQuery(
            "SELECT greatest(0, coalesce(extract(epoch FROM now() - (<oldest>)), 0) *"
                + " 1000)::bigint")
        .define("oldest", oldest)
        .mapTo(Long.class)
        .map(Duration::ofMillis)
        .one();
  }

  private static long count(Handle handle, String rows) {
    return handle
        .createQuery("SELECT count(*) FROM (<rows> LIMIT :most) counted")
        .define("rows", rows)
        .bind("most", Overview.COUNTED_TO)
        .mapTo(Long.class)
        .one();
  }

  private static void readChannels(
      Handle handle, Map<String, Long> channels, Map<String, Long> atFault) {
    handle
        .createQuery(
            """
            SELECT kind, count(*) AS all_of_it,
                   count(*) FILTER (WHERE health = 'NEEDS_ATTENTION') AS at_fault
              FROM channel
             WHERE removed_at IS NULL
             GROUP BY kind\
            """)
        .map(
            (row, _) -> {
              channels.put(row.getString("kind"), row.getLong("all_of_it"));
              return atFault.put(row.getString("kind"), row.getLong("at_fault"));
            })
        .list();
  }

  private static List<PacedLane> lanes(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT lane, room,
                   greatest(0, extract(epoch FROM
                     least(reopens_at, now() + interval '100 years') - now()) * 1000)::bigint
                     AS closed
              FROM lane
             WHERE room IS NOT NULL AND reopens_at > now() - interval '1 day'
             ORDER BY closed DESC, room
             LIMIT :lanes\
            """)
        .bind("lanes", LANES)
        .map(
            (row, _) ->
                new PacedLane(
                    row.getString("lane"),
                    row.getInt("room"),
                    Duration.ofMillis(row.getLong("closed"))))
        .list();
  }

  /** Through the index of these lanes alone. */
  private static Map<Impediment, Long> lanesImpeded(Handle handle) {
    Map<Impediment, Long> lanes = new EnumMap<>(Impediment.class);
    for (Impediment impediment : Impediment.values()) {
      lanes.put(impediment, 0L);
    }
    handle
        .createQuery(
            "SELECT impediment, count(*) AS lanes FROM lane WHERE impediment IS NOT NULL GROUP BY"
                + " 1")
        .map(
            (row, _) ->
                lanes.put(
                    Columns.constant(row, "impediment", Impediment.class), row.getLong("lanes")))
        .list();
    return lanes;
  }

  /** All of them are the operator's team's. */
  private static Map<Cause, Long> platformFaults(Handle handle) {
    Map<Cause, Long> places = new EnumMap<>(Cause.class);
    Stream.of(Cause.values()).filter(PlatformFault::isOne).forEach(cause -> places.put(cause, 0L));
    handle
        .createQuery(
            """
            SELECT cause, count(*) AS places FROM platform_fault
             WHERE team_id = 1 AND last_at >= now() - :over * interval '1 millisecond'
             GROUP BY cause\
            """)
        .bind("over", PlatformFault.OVER_AFTER.toMillis())
        .map(
            (row, _) ->
                places.put(Columns.constant(row, "cause", Cause.class), row.getLong("places")))
        .list();
    return places;
  }

  private static List<TroubledLane> longestImpeded(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT lane, impediment,
                   greatest(0, extract(epoch FROM now() - impeded_since) * 1000)::bigint AS age
              FROM lane
             WHERE impediment IS NOT NULL
             ORDER BY impeded_since
             LIMIT :lanes\
            """)
        .bind("lanes", LANES)
        .map(
            (row, _) ->
                new TroubledLane(
                    row.getString("lane"),
                    Columns.constant(row, "impediment", Impediment.class),
                    Duration.ofMillis(row.getLong("age"))))
        .list();
  }
}
