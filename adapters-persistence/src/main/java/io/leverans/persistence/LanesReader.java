package io.leverans.persistence;

import io.leverans.domain.channel.Impediment;
import io.leverans.persistence.Overview.LanesPassed;
import io.leverans.persistence.Overview.PacedLane;
import io.leverans.persistence.Overview.TroubledLane;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Reads how lanes stand, for the overview. */
final class LanesReader {
  private static final int LANES = 50;

  /** Some 60 ms on a warm cache. */
  private static final long PERMITS = 100_000;

  private final Handle handle;
  private final UsedLanes usedLanes;

  LanesReader(Handle handle, UsedLanes usedLanes) {
    this.handle = handle;
    this.usedLanes = usedLanes;
  }

  LanesPassed read() {
    return new LanesPassed(
        paced(),
        new PaceReader(handle, PERMITS).used(usedLanes.most(LANES)),
        impeded(),
        longestImpeded());
  }

  private List<PacedLane> paced() {
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
  private Map<Impediment, Long> impeded() {
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

  private List<TroubledLane> longestImpeded() {
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
