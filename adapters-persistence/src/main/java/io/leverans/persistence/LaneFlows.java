package io.leverans.persistence;

import io.leverans.application.port.out.Lanes.ImpededLane;
import io.leverans.domain.channel.Flow;
import io.leverans.domain.channel.Flow.Begun;
import io.leverans.domain.channel.Flow.Change;
import io.leverans.domain.channel.Flow.Impeded;
import io.leverans.domain.channel.Impediment;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.channel.LaneNews;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** How freely lanes flow, in the caller's transaction. */
final class LaneFlows {
  /** Of the lanes of one destination that were closed together not all open together. */
  private static final double SPREAD = 0.15;

  private static final String FREE =
      """
      UPDATE lane
         SET impediment = NULL, level = 0, failure = NULL, impeded_since = NULL,
             opens_at = '-infinity', gap = 0
       WHERE lane = :lane\
      """;
  private static final String UNTRIED =
      "impediment IS NOT NULL AND opens_at < now() - :millis * interval '1 millisecond'";

  private final Handle handle;

  LaneFlows(Handle handle) {
    this.handle = handle;
  }

  /** A lane as it stands, locked. */
  private record Standing(Flow flow, Begun begun) {}

  void tell(Lane lane, LaneNews news, Instant begun) {
    Standing standing = lock(lane, begun);
    switch (standing.flow().after(news, standing.begun())) {
      case Change.Unchanged _ -> {}
      case Change.Worse(var flow, var closed) -> worsen(lane, flow, closed);
      case Change.ClosedLonger(var flow, var closed) ->
          update(
                  "level = :level, gap = :gap, opens_at = greatest(l.opens_at, t.opens_at)",
                  lane,
                  closed)
              .bind("level", flow.level())
              .bind("gap", flow.gap().toMillis())
              .execute();
      case Change.Slowly(var flow) ->
          update("level = :level, gap = :gap, opens_at = t.opens_at", lane, flow.gap())
              .bind("level", flow.level())
              .bind("gap", flow.gap().toMillis())
              .execute();
      case Change.Freed _ -> free(lane);
    }
  }

  private Standing lock(Lane lane, Instant begun) {
    LaneRow.lock(handle, lane);
    return handle
        .createQuery(
            """
            SELECT impediment, level, failure, raised_at < :begun AS later
              FROM lane WHERE lane = :lane\
            """)
        .bind("lane", lane.name())
        .bind("begun", begun.atOffset(ZoneOffset.UTC))
        .map((row, _) -> standing(row))
        .one();
  }

  private static Standing standing(ResultSet row) throws SQLException {
    Flow flow = row.getString("impediment") == null ? new Flow.Free() : impeded(row);
    return new Standing(
        flow, row.getBoolean("later") ? Begun.AFTER_LATEST_TROUBLE : Begun.BEFORE_LATEST_TROUBLE);
  }

  private static Impeded impeded(ResultSet row) throws SQLException {
    return new Impeded(
        Columns.constant(row, "impediment", Impediment.class),
        row.getInt("level"),
        Json.failure(row.getString("failure")));
  }

  private void worsen(Lane lane, Impeded flow, Duration closed) {
    update(
            """
            impediment = :impediment, level = :level, failure = :failure::jsonb,
            impeded_since = coalesce(l.impeded_since, t.now),
            raised_at = t.now, opens_at = t.opens_at, gap = :gap\
            """,
            lane,
            closed)
        .bind("impediment", flow.by().name())
        .bind("level", flow.level())
        .bind("failure", Json.write(flow.last()))
        .bind("gap", flow.gap().toMillis())
        .execute();
  }

  private void free(Lane lane) {
    handle.createUpdate(FREE).bind("lane", lane.name()).execute();
  }

  List<Lane> untried(Duration forLonger, int atMost) {
    return handle
        .createQuery("SELECT lane FROM lane WHERE " + UNTRIED + " ORDER BY lane LIMIT :atMost")
        .bind("millis", forLonger.toMillis())
        .bind("atMost", atMost)
        .map((row, _) -> new Lane(row.getString("lane")))
        .list();
  }

  /** Unless somebody tried meanwhile. */
  void freeUntried(Lane lane, Duration forLonger) {
    handle
        .createUpdate(FREE + " AND " + UNTRIED)
        .bind("lane", lane.name())
        .bind("millis", forLonger.toMillis())
        .execute();
  }

  private Update update(String changes, Lane lane, Duration closed) {
    return handle
        .createUpdate(
            """
            UPDATE lane l SET <changes>
              FROM (SELECT clock_timestamp() AS now,
                           clock_timestamp() + :millis * (1 + :spread * random())
                             * interval '1 millisecond' AS opens_at
                    OFFSET 0) t
             WHERE l.lane = :lane\
            """)
        .define("changes", changes)
        .bind("lane", lane.name())
        .bind("millis", closed.toMillis())
        .bind("spread", SPREAD);
  }

  /**
   * Who comes second finds the lane closed again.
   *
   * @return since when it is impeded, if it may be probed
   */
  Optional<Instant> probe(Lane lane, Duration lease) {
    return handle
        .createQuery(
            """
            UPDATE lane l SET opens_at = t.opens_at
              FROM (SELECT clock_timestamp()
                             + greatest(:lease, gap * (1 + :spread * random()))
                               * interval '1 millisecond' AS opens_at
                      FROM lane
                     WHERE lane = :lane
                    OFFSET 0) t
             WHERE l.lane = :lane AND l.impediment IS NOT NULL AND l.opens_at <= now()
            RETURNING l.impeded_since\
            """)
        .bind("lane", lane.name())
        .bind("lease", lease.toMillis())
        .bind("spread", SPREAD)
        .map((row, _) -> Columns.instant(row, "impeded_since"))
        .findOne();
  }

  List<ImpededLane> impeded(Duration longerThan, Optional<Lane> after, int atMost) {
    return handle
        .createQuery(
            """
            SELECT lane, impediment, level, failure, impeded_since FROM lane
             WHERE impediment IS NOT NULL AND lane > :after
               AND impeded_since < now() - :millis * interval '1 millisecond'
             ORDER BY lane
             LIMIT :atMost\
            """)
        .bind("after", after.map(Lane::name).orElse(""))
        .bind("millis", longerThan.toMillis())
        .bind("atMost", atMost)
        .map((row, _) -> impededLane(row))
        .list();
  }

  Optional<ImpededLane> find(Lane lane) {
    return handle
        .createQuery(
            """
            SELECT lane, impediment, level, failure, impeded_since FROM lane
             WHERE lane = :lane AND impediment IS NOT NULL\
            """)
        .bind("lane", lane.name())
        .map((row, _) -> impededLane(row))
        .findOne();
  }

  private static ImpededLane impededLane(ResultSet row) throws SQLException {
    return new ImpededLane(
        new Lane(row.getString("lane")), impeded(row), Columns.instant(row, "impeded_since"));
  }
}
