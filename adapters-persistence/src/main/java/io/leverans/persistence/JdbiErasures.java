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
import io.leverans.persistence.ErasureSteps.Stage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
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
          handle
              .createUpdate(
                  """
                  INSERT INTO erasure (team_id, id, ordered_by, address, stage)
                  VALUES (:team, :id, :by, :address, :stage)\
                  """)
              .bind("team", erasure.team().value())
              .bind("id", erasure.id().value())
              .bind("by", erasure.by().value())
              .bind("address", erasure.address().toString())
              .bind("stage", Stage.DELIVERIES.name())
              .execute();
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
             WHERE e.team_id = :team AND e.id = :id\
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
        state(Columns.constant(row, "stage", Stage.class)),
        erased,
        row.getLong("messages_left"),
        Columns.optionalInstant(row, "ended_at"));
  }

  private static State state(Stage stage) {
    return switch (stage) {
      case DELIVERIES, REPORTS, EVENTS, IMPORTED_LINES -> State.UNDER_WAY;
      case LEFT -> State.WAITING;
      case DONE -> State.DONE;
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
                      SELECT team_id FROM erasure WHERE ended_at IS NULL AND stage <> 'LEFT'
                       UNION ALL
                      SELECT team_id FROM erasure_due WHERE due_at <= now()) o
                     GROUP BY team_id
                     LIMIT :atMost\
                    """)
                .bind("atMost", atMost)
                .map((row, _) -> new TeamId(row.getLong("team_id")))
                .list());
  }

  @Override
  public Step carryOn(TeamId team) {
    return jdbi.inTransaction(
        handle -> isMine(handle, team) ? new ErasureSteps(handle, team).next() : Step.RESTS);
  }

  /** One node at a time carries on with a team's: the oldest order is locked for all of them. */
  private static boolean isMine(Handle handle, TeamId team) {
    Optional<UUID> oldest = oldest(handle, team, "");
    return oldest.isEmpty() || oldest(handle, team, "FOR UPDATE SKIP LOCKED").equals(oldest);
  }

  private static Optional<UUID> oldest(Handle handle, TeamId team, String lock) {
    return handle
        .createQuery(
            """
            SELECT id FROM erasure
             WHERE team_id = :team AND ended_at IS NULL
             ORDER BY id
             LIMIT 1
            <lock>\
            """)
        .define("lock", lock)
        .bind("team", team.value())
        .mapTo(UUID.class)
        .findOne();
  }
}
