package io.leverans.persistence;

import io.leverans.application.port.out.Erasures;
import io.leverans.application.view.Erasure;
import io.leverans.application.view.Erasure.Part;
import io.leverans.application.view.Erasure.State;
import io.leverans.application.view.ErasureId;
import io.leverans.application.view.EventKind;
import io.leverans.domain.suppression.SuppressionReason;
import io.leverans.domain.team.MemberId;
import io.leverans.domain.team.TeamId;
import io.leverans.persistence.ErasureOrders.Stage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Orders in the table {@code erasure}; {@link ErasureSteps} carries them out. */
public final class JdbiErasures implements Erasures {
  private final Jdbi jdbi;

  public JdbiErasures(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public Erasure order(NewErasure erasure) {
    return jdbi.inTransaction(
        handle -> {
          suppress(handle, erasure);
          new ErasureOrders(handle, erasure.team())
              .add(erasure.id().value(), erasure.by(), erasure.address());
          return find(handle, erasure.team(), erasure.id()).orElseThrow();
        });
  }

  private static void suppress(Handle handle, NewErasure erasure) {
    var rows = new SuppressionRows(handle, erasure.team());
    rows.tell(
        EventKind.SUPPRESSION_ADDED,
        rows.add(
            List.of(
                new SuppressionRows.Draft(
                    erasure.suppression().value(),
                    erasure.address(),
                    SuppressionReason.ERASED,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty()))),
        Map.of());
  }

  @Override
  public Optional<Erasure> find(TeamId team, ErasureId erasure) {
    return jdbi.withHandle(handle -> find(handle, team, erasure));
  }

  private static Optional<Erasure> find(Handle handle, TeamId team, ErasureId erasure) {
    return handle
        .createQuery(
            """
            SELECT e.*, (SELECT count(DISTINCT message_id) FROM erasure_due
                          WHERE team_id = :team AND erasure_id = :id) AS messages_left
              FROM erasure e
             WHERE e.team_id = :team AND e.id = :id AND e.ordered_by IS NOT NULL\
            """)
        .bind("team", team.value())
        .bind("id", erasure.value())
        .map((row, _) -> view(row))
        .findOne();
  }

  private static Erasure view(ResultSet row) throws SQLException {
    Map<Part, Long> erased = new EnumMap<>(Part.class);
    for (Part part : Part.values()) {
      erased.put(part, row.getLong(part.name().toLowerCase(Locale.ROOT)));
    }
    return new Erasure(
        new ErasureId(Columns.uuid(row, "id")),
        new MemberId(Columns.uuid(row, "ordered_by")),
        Columns.instant(row, "ordered_at"),
        state(row),
        erased,
        row.getLong("messages_left"),
        Columns.optionalInstant(row, "ended_at"));
  }

  /** What it looks for once more, since it was on its way, is seldom there. */
  private static State state(ResultSet row) throws SQLException {
    if (Columns.optionalInstant(row, "ended_at").isPresent()) {
      return State.DONE;
    }
    return switch (Columns.constant(row, "stage", Stage.class)) {
      case DELIVERIES, REPORTS, SUPPRESSIONS, EVENTS, IMPORTED_LINES, KEYS -> State.UNDER_WAY;
      case LATE_DELIVERIES, LATE_EVENTS, LEFT, DONE -> State.WAITING;
    };
  }

  @Override
  public List<TeamId> teamsWithOpen(int atMost) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT team_id FROM (
                      SELECT team_id FROM erasure WHERE stage <> 'DONE' AND (<isUnderWay>)
                       UNION ALL
                      SELECT team_id FROM erasure_due WHERE due_at <= now()) o
                     GROUP BY team_id
                     LIMIT :atMost\
                    """)
                .define("isUnderWay", ErasureOrders.IS_UNDER_WAY)
                .bind("atMost", atMost)
                .map((row, _) -> new TeamId(row.getLong("team_id")))
                .list());
  }

  @Override
  public Step carryOn(TeamId team, Turn turn) {
    return jdbi.inTransaction(
        handle ->
            switch (new ErasureOrders(handle, team).lock(turn)) {
              case OURS -> new ErasureSteps(handle, team).next();
              case ENDED -> Step.WENT_ON;
              case OTHERS -> Step.RESTS;
            });
  }
}
