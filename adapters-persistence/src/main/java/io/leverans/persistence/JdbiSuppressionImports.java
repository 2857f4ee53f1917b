package io.leverans.persistence;

import io.leverans.application.port.in.ImportSuppressions.Line;
import io.leverans.application.port.out.Ids;
import io.leverans.application.port.out.SuppressionImports;
import io.leverans.application.view.EventKind;
import io.leverans.application.view.Page;
import io.leverans.application.view.SuppressionImport;
import io.leverans.application.view.SuppressionImport.LineResult;
import io.leverans.application.view.SuppressionImport.LineResult.Outcome;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.suppression.SuppressionReason;
import io.leverans.domain.team.MemberId;
import io.leverans.domain.team.TeamId;
import io.leverans.persistence.SuppressionRows.Draft;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;

/**
 * Imports as rows, with a row for each line. A batch locks the import's row, so that each line is
 * dealt with once, whichever nodes come to it.
 */
public final class JdbiSuppressionImports implements SuppressionImports {
  private static final int BATCH = 1000;
  private static final Duration KEPT = Duration.ofDays(30);
  private static final int FORGOTTEN_AT_ONCE = 10;
  private static final RowMapper<SuppressionImport> IMPORT =
      (row, _) ->
          new SuppressionImport(
              Columns.uuid(row, "id"),
              Columns.instant(row, "started_at"),
              Columns.optionalInstant(row, "finished_at"),
              row.getInt("lines"),
              row.getInt("done"),
              row.getInt("added"),
              row.getInt("known"),
              row.getInt("bad"));
  private static final RowMapper<LineResult> LINE =
      (row, _) ->
          new LineResult(
              row.getInt("number"),
              row.getString("text"),
              Columns.optionalText(row, "address").map(EmailAddress::parse),
              Columns.constant(row, "outcome", Outcome.class),
              Columns.optionalText(row, "words"));

  private final Jdbi jdbi;
  private final Ids ids;

  public JdbiSuppressionImports(Jdbi jdbi, Ids ids) {
    this.jdbi = jdbi;
    this.ids = ids;
  }

  /** An import that is not finished, locked. */
  private record Open(TeamId team, UUID id, int doneTo) {}

  /** A line that waits. */
  private record Waiting(int number, Draft draft) {}

  @Override
  public SuppressionImport store(TeamId team, UUID id, MemberId by, Iterator<Line> lines) {
    return jdbi.inTransaction(
        handle -> {
          open(handle, team, id, by);
          List<Line> batch = new ArrayList<>(BATCH);
          while (lines.hasNext()) {
            batch.add(lines.next());
            if (batch.size() == BATCH || !lines.hasNext()) {
              ImportedLineRows.insert(handle, team, id, batch);
              batch.clear();
            }
          }
          return count(handle, team, id);
        });
  }

  private static void open(Handle handle, TeamId team, UUID id, MemberId by) {
    handle
        .createUpdate(
            """
            INSERT INTO suppression_import (team_id, id, member_id, lines)
            VALUES (:team, :id, :member, 0)\
            """)
        .bind("team", team.value())
        .bind("id", id)
        .bind("member", by.value())
        .execute();
  }

  /** What cannot be read is dealt with already. */
  private static SuppressionImport count(Handle handle, TeamId team, UUID id) {
    return handle
        .createQuery(
            """
            UPDATE suppression_import i
               SET lines = c.lines, bad = c.bad, done = c.bad
              FROM (SELECT count(*) AS lines, count(*) FILTER (WHERE outcome = 'BAD') AS bad
                      FROM suppression_import_line
                     WHERE team_id = :team AND import_id = :id
                    OFFSET 0) c
             WHERE i.team_id = :team AND i.id = :id
            RETURNING i.*\
            """)
        .bind("team", team.value())
        .bind("id", id)
        .map(IMPORT)
        .one();
  }

  @Override
  public Optional<SuppressionImport> find(TeamId team, UUID id) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("SELECT * FROM suppression_import WHERE team_id = :team AND id = :id")
                .bind("team", team.value())
                .bind("id", id)
                .map(IMPORT)
                .findOne());
  }

  @Override
  public Page<LineResult, Integer> lines(
      TeamId team, UUID id, Optional<Outcome> outcome, int limit, Optional<Integer> after) {
    List<LineResult> found =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT number, text, address, outcome, words FROM suppression_import_line
                         WHERE team_id = :team AND import_id = :id AND number > :after
                           AND (:outcome::text IS NULL OR outcome = :outcome::text)
                         ORDER BY number
                         LIMIT :limit\
                        """)
                    .bind("team", team.value())
                    .bind("id", id)
                    .bind("after", after.orElse(0))
                    .bind("outcome", outcome.map(Enum::name))
                    .bind("limit", limit + 1)
                    .map(LINE)
                    .list());
    return Pages.of(found, limit, LineResult::number);
  }

  @Override
  public Step step() {
    return teamWithOpen().map(this::step).orElse(Step.NOTHING);
  }

  private Optional<TeamId> teamWithOpen() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT team_id FROM suppression_import WHERE finished_at IS NULL
                     ORDER BY random() LIMIT 1\
                    """)
                .map((row, _) -> new TeamId(row.getLong("team_id")))
                .findOne());
  }

  private Step step(TeamId team) {
    return jdbi.inTransaction(
        handle -> {
          Optional<Open> open = lockOpen(handle, team);
          open.ifPresent(found -> workOn(handle, found));
          return open.isPresent() ? Step.DONE : Step.NOTHING;
        });
  }

  private static Optional<Open> lockOpen(Handle handle, TeamId team) {
    return handle
        .createQuery(
            """
            SELECT id, done_to FROM suppression_import
             WHERE team_id = :team AND finished_at IS NULL
             ORDER BY id LIMIT 1
               FOR UPDATE SKIP LOCKED\
            """)
        .bind("team", team.value())
        .map((row, _) -> new Open(team, Columns.uuid(row, "id"), row.getInt("done_to")))
        .findOne();
  }

  private void workOn(Handle handle, Open open) {
    List<Waiting> waiting = nextOf(handle, open);
    var rows = new SuppressionRows(handle, open.team());
    Map<String, Waiting> once = new HashMap<>();
    waiting.forEach(line -> once.putIfAbsent(line.draft().key(), line));
    Set<UUID> added =
        rows.add(once.values().stream().map(Waiting::draft).toList()).stream()
            .map(entry -> entry.id().value())
            .collect(Collectors.toUnmodifiableSet());
    note(handle, open, waiting, added);
    int doneTo = waiting.isEmpty() ? open.doneTo() : waiting.getLast().number();
    goOn(handle, open, waiting.size(), added.size(), doneTo);
    if (waiting.size() < BATCH) {
      finish(handle, open);
    }
  }

  private List<Waiting> nextOf(Handle handle, Open open) {
    return handle
        .createQuery(
            """
            SELECT number, address, until, note FROM suppression_import_line
             WHERE team_id = :team AND import_id = :id AND number > :after AND outcome = 'WAITING'
             ORDER BY number
             LIMIT :batch\
            """)
        .bind("team", open.team().value())
        .bind("id", open.id())
        .bind("after", open.doneTo())
        .bind("batch", BATCH)
        .map(
            (row, _) ->
                new Waiting(
                    row.getInt("number"),
                    new Draft(
                        ids.next(),
                        EmailAddress.parse(row.getString("address")),
                        SuppressionReason.IMPORTED,
                        Columns.optionalInstant(row, "until"),
                        Columns.optionalText(row, "note"),
                        Optional.empty())))
        .list();
  }

  private static void note(Handle handle, Open open, List<Waiting> waiting, Set<UUID> added) {
    handle
        .createUpdate(
            """
            UPDATE suppression_import_line l SET outcome = r.outcome
              FROM unnest(:numbers, :outcomes) AS r (number, outcome)
             WHERE l.team_id = :team AND l.import_id = :id AND l.number = ANY (:numbers)
               AND l.number = r.number\
            """)
        .bind("team", open.team().value())
        .bind("id", open.id())
        .bind("numbers", SqlArray.integers(Columns.each(waiting, Waiting::number)))
        .bind(
            "outcomes",
            SqlArray.texts(
                Columns.each(
                    waiting,
                    line ->
                        (added.contains(line.draft().id()) ? Outcome.ADDED : Outcome.KNOWN)
                            .name())))
        .execute();
  }

  private static void goOn(Handle handle, Open open, int done, int added, int doneTo) {
    handle
        .createUpdate(
            """
            UPDATE suppression_import
               SET done = done + :done, added = added + :added, known = known + :done - :added,
                   done_to = :doneTo
             WHERE team_id = :team AND id = :id\
            """)
        .bind("team", open.team().value())
        .bind("id", open.id())
        .bind("done", done)
        .bind("added", added)
        .bind("doneTo", doneTo)
        .execute();
  }

  private static void finish(Handle handle, Open open) {
    SuppressionImport finished =
        handle
            .createQuery(
                """
                UPDATE suppression_import SET finished_at = t.now
                  FROM (SELECT now() AS now OFFSET 0) t
                 WHERE team_id = :team AND id = :id
                RETURNING *\
                """)
            .bind("team", open.team().value())
            .bind("id", open.id())
            .map(IMPORT)
            .one();
    JdbiEvents.write(
        handle,
        open.team(),
        List.of(
            new JdbiEvents.Draft(
                EventKind.SUPPRESSION_IMPORTED,
                Map.of(
                    "importId", finished.id().toString(),
                    "lines", Integer.toString(finished.lines()),
                    "added", Integer.toString(finished.added()),
                    "known", Integer.toString(finished.known()),
                    "bad", Integer.toString(finished.bad())))));
  }

  @Override
  public int forgetOld() {
    List<Open> old =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT team_id, id, done_to FROM suppression_import
                         WHERE NOT forgotten
                           AND finished_at < now() - :kept * interval '1 second'
                         LIMIT :atOnce\
                        """)
                    .bind("kept", KEPT.toSeconds())
                    .bind("atOnce", FORGOTTEN_AT_ONCE)
                    .map(
                        (row, _) ->
                            new Open(
                                new TeamId(row.getLong("team_id")),
                                Columns.uuid(row, "id"),
                                row.getInt("done_to")))
                    .list());
    old.forEach(this::forget);
    return old.size();
  }

  private void forget(Open old) {
    jdbi.useTransaction(
        handle -> {
          handle
              .createUpdate(
                  "DELETE FROM suppression_import_line WHERE team_id = :team AND import_id = :id")
              .bind("team", old.team().value())
              .bind("id", old.id())
              .execute();
          handle
              .createUpdate(
                  "UPDATE suppression_import SET forgotten = true WHERE team_id = :team AND id ="
                      + " :id")
              .bind("team", old.team().value())
              .bind("id", old.id())
              .execute();
        });
  }
}
