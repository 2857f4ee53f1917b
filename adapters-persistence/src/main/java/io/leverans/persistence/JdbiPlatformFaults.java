package io.leverans.persistence;

import io.leverans.application.port.out.PlatformFaults;
import io.leverans.application.view.EventKind;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.PlatformFault;
import io.leverans.domain.delivery.PlatformFault.Telling;
import io.leverans.domain.team.TeamId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Faults of the platform as rows of the operator's team, one for each cause and place. */
public final class JdbiPlatformFaults implements PlatformFaults {
  private static final TeamId OPERATORS_TEAM = new TeamId(1);

  private final Jdbi jdbi;

  public JdbiPlatformFaults(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** In one order everywhere, so that no two nodes wait for each other. */
  @Override
  public void met(Collection<Met> met) {
    List<Met> ordered =
        met.stream()
            .sorted(
                Comparator.<Met, String>comparing(one -> one.latest().cause().name())
                    .thenComparing(Met::place))
            .toList();
    if (!ordered.isEmpty()) {
      jdbi.useHandle(handle -> add(handle, ordered));
    }
  }

  private static void add(Handle handle, List<Met> met) {
    handle
        .createUpdate(
            """
            INSERT INTO platform_fault AS f (team_id, cause, place, since, last_at, refusals, failure)
            SELECT :team, m.cause, m.place, t.now, t.now, m.refusals, m.failure::jsonb
              FROM unnest(:causes, :places, :refusals, :failures) WITH ORDINALITY
                   AS m (cause, place, refusals, failure, position)
             CROSS JOIN (SELECT now() AS now OFFSET 0) t
             ORDER BY m.position
            ON CONFLICT (team_id, cause, place) DO UPDATE
               SET since = CASE WHEN <isOver> THEN excluded.since ELSE f.since END,
                   refusals = excluded.refusals + CASE WHEN <isOver> THEN 0 ELSE f.refusals END,
                   told_at = CASE WHEN <isOver> THEN NULL ELSE f.told_at END,
                   told_refusals = CASE WHEN <isOver> THEN NULL ELSE f.told_refusals END,
                   last_at = excluded.last_at,
                   failure = excluded.failure\
            """)
        .define("isOver", "excluded.last_at - f.last_at > :over * interval '1 millisecond'")
        .bind("team", OPERATORS_TEAM.value())
        .bind("causes", SqlArray.texts(Columns.each(met, one -> one.latest().cause().name())))
        .bind("places", SqlArray.texts(Columns.each(met, Met::place)))
        .bind("refusals", SqlArray.longs(Columns.each(met, Met::refusals)))
        .bind("failures", SqlArray.texts(Columns.each(met, one -> Json.write(one.latest()))))
        .bind("over", PlatformFault.OVER_AFTER.toMillis())
        .execute();
  }

  @Override
  public Faults latest(int atMost) {
    return jdbi.inTransaction(
        handle ->
            new Faults(
                now(handle),
                handle
                    .createQuery(
                        """
                        SELECT place, since, last_at, refusals, failure, told_at, told_refusals
                          FROM platform_fault
                         WHERE team_id = :team
                         ORDER BY last_at DESC, cause, place
                         LIMIT :atMost\
                        """)
                    .bind("team", OPERATORS_TEAM.value())
                    .bind("atMost", atMost)
                    .map((row, _) -> fault(row))
                    .list()));
  }

  private static Instant now(Handle handle) {
    return handle
        .createQuery("SELECT now() AS now")
        .map((row, _) -> Columns.instant(row, "now"))
        .one();
  }

  private static PlatformFault fault(ResultSet row) throws SQLException {
    Failure failure = Json.failure(row.getString("failure"));
    long toldOf = row.getLong("told_refusals");
    return new PlatformFault(
        row.getString("place"),
        failure,
        Columns.instant(row, "since"),
        Columns.instant(row, "last_at"),
        row.getLong("refusals"),
        Columns.optionalInstant(row, "told_at").map(at -> new Telling(at, toldOf)));
  }

  @Override
  public void told(PlatformFault fault) {
    jdbi.useTransaction(
        handle -> {
          if (note(handle, fault)) {
            JdbiEvents.write(
                handle,
                OPERATORS_TEAM,
                List.of(new JdbiEvents.Draft(EventKind.PLATFORM_FAULT, data(fault))));
          }
        });
  }

  private static boolean note(Handle handle, PlatformFault fault) {
    int noted =
        handle
            .createUpdate(
                """
                UPDATE platform_fault SET told_at = now(), told_refusals = :refusals
                 WHERE team_id = :team AND cause = :cause AND place = :place AND since = :since
                   AND told_at IS NOT DISTINCT FROM :toldAt::timestamptz\
                """)
            .bind("team", OPERATORS_TEAM.value())
            .bind("cause", fault.cause().name())
            .bind("place", fault.place())
            .bind("since", fault.since().atOffset(ZoneOffset.UTC))
            .bind("refusals", fault.refusals())
            .bind("toldAt", toldAt(fault))
            .execute();
    return noted == 1;
  }

  private static Optional<OffsetDateTime> toldAt(PlatformFault fault) {
    return fault.told().map(telling -> telling.at().atOffset(ZoneOffset.UTC));
  }

  private static Map<String, String> data(PlatformFault fault) {
    Map<String, String> data = new LinkedHashMap<>();
    data.put("cause", fault.cause().name());
    data.put("place", fault.place());
    data.put("refusals", Long.toString(fault.refusals()));
    data.put("since", fault.since().toString());
    data.put("words", fault.latest().words());
    return data;
  }

  @Override
  public void forget(Duration olderThan) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    DELETE FROM platform_fault
                     WHERE team_id = :team
                       AND last_at < now() - :millis * interval '1 millisecond'\
                    """)
                .bind("team", OPERATORS_TEAM.value())
                .bind("millis", olderThan.toMillis())
                .execute());
  }
}
