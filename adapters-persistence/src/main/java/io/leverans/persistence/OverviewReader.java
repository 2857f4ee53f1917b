package io.leverans.persistence;

import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.PlatformFault;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Reads the overview: over all teams, without locks, with a cost that does not grow with mail. Safe
 * for use by many threads.
 */
final class OverviewReader {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int UNNUMBERED = 1000;

  private final Jdbi jdbi;
  private final UsedLanes usedLanes;
  private final LineWalk lines = new LineWalk();

  OverviewReader(Jdbi jdbi, UsedLanes usedLanes) {
    this.jdbi = jdbi;
    this.usedLanes = usedLanes;
  }

  Overview read() {
    return jdbi.inTransaction(
        handle -> {
          handle.execute("SET LOCAL statement_timeout = " + PATIENCE.toMillis());
          Map<String, Long> channels = new HashMap<>();
          Map<String, Long> atFault = new HashMap<>();
          readChannels(handle, channels, atFault);
          return new Overview(
              lines.look(handle),
              oldestDue(handle),
              count(handle, "SELECT FROM delivery WHERE in_doubt"),
              count(handle, "SELECT FROM dispatch WHERE waiting_since IS NOT NULL"),
              oldestUnnumbered(handle),
              channels,
              atFault,
              new LanesReader(handle, usedLanes).read(),
              platformFaults(handle));
        });
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
}
