package io.leverans.persistence;

import io.leverans.application.port.out.Events;
import io.leverans.application.view.Event;
import io.leverans.application.view.EventKind;
import io.leverans.domain.team.TeamId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;

/** The feeds. Whoever moves something writes its events here, in the same transaction. */
public final class JdbiEvents implements Events {
  private static final int BATCH = 1000;
  private static final RowMapper<Event> EVENT =
      (row, _) ->
          new Event(
              row.getLong("number"),
              Columns.instant(row, "at"),
              Columns.eventName(row, "kind"),
              Json.texts(row.getString("data")));

  private final Jdbi jdbi;

  /** The team after which the next ones get their turn: fairness, no promise. */
  private final AtomicLong lastNamed = new AtomicLong();

  public JdbiEvents(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** Something to tell. */
  record Draft(EventKind kind, Map<String, String> data) {}

  static void write(Handle handle, TeamId team, List<Draft> drafts) {
    if (drafts.isEmpty()) {
      return;
    }
    handle
        .createUpdate(
            """
            INSERT INTO event (team_id, kind, data)
            SELECT :team, kind, data::jsonb FROM unnest(:kinds, :data) AS e (kind, data)\
            """)
        .bind("team", team.value())
        .bind("kinds", SqlArray.texts(drafts.stream().map(e -> e.kind().word()).toList()))
        .bind("data", SqlArray.texts(drafts.stream().map(e -> Json.write(e.data())).toList()))
        .execute();
  }

  @Override
  public List<Event> after(TeamId team, long number, int limit) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT number, at, kind, data FROM event
                     WHERE team_id = :team AND number > :number
                     ORDER BY number
                     LIMIT :limit\
                    """)
                .bind("team", team.value())
                .bind("number", number)
                .bind("limit", limit)
                .map(EVENT)
                .list());
  }

  /** Most often all are named at once, by the first of the two looks. */
  @Override
  public List<TeamId> teamsWithUnnumbered(int atMost) {
    long last = lastNamed.get();
    List<TeamId> teams =
        jdbi.withHandle(
            handle -> {
              List<TeamId> behind = unnumbered(handle, last, Long.MAX_VALUE, atMost);
              return last == 0 || behind.size() == atMost
                  ? behind
                  : Stream.concat(
                          behind.stream(),
                          unnumbered(handle, 0, last, atMost - behind.size()).stream())
                      .toList();
            });
    lastNamed.set(teams.size() < atMost ? 0 : teams.getLast().value());
    return teams;
  }

  /** By ranges of teams, so that the index has them in order, and no more is read of it. */
  private static List<TeamId> unnumbered(Handle handle, long after, long upTo, int atMost) {
    return handle
        .createQuery(
            """
            SELECT team_id FROM event
             WHERE number IS NULL AND team_id > :after AND team_id <= :upTo
             GROUP BY team_id
             ORDER BY team_id
             LIMIT :atMost\
            """)
        .bind("after", after)
        .bind("upTo", upTo)
        .bind("atMost", atMost)
        .map((row, _) -> new TeamId(row.getLong("team_id")))
        .list();
  }

  @Override
  public int number(TeamId team) {
    return jdbi.inTransaction(
        handle -> lastNumber(handle, team).map(last -> number(handle, team, last)).orElse(0));
  }

  /** Empty while another node numbers this team's. */
  private static Optional<Long> lastNumber(Handle handle, TeamId team) {
    return handle
        .createQuery(
            """
            SELECT last_number FROM team_event_counter WHERE team_id = :team
               FOR UPDATE SKIP LOCKED\
            """)
        .bind("team", team.value())
        .mapTo(Long.class)
        .findOne();
  }

  /**
   * Runs as a statement of its own after the lock, so that it sees what the numberer before it has
   * committed.
   */
  private static int number(Handle handle, TeamId team, long last) {
    int numbered =
        handle
            .createUpdate(
                """
                UPDATE event e SET number = :last + next.place
                  FROM (SELECT id, row_number() OVER (ORDER BY id) AS place FROM event
                         WHERE team_id = :team AND number IS NULL
                         ORDER BY id
                         LIMIT :batch) next
                 WHERE e.team_id = :team AND e.id = next.id\
                """)
            .bind("team", team.value())
            .bind("last", last)
            .bind("batch", BATCH)
            .execute();
    if (numbered > 0) {
      handle
          .createUpdate("UPDATE team_event_counter SET last_number = :number WHERE team_id = :team")
          .bind("team", team.value())
          .bind("number", last + numbered)
          .execute();
    }
    return numbered;
  }
}
