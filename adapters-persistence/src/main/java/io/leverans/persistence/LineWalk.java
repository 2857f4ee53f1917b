package io.leverans.persistence;

import static java.util.stream.Collectors.toMap;

import io.leverans.persistence.Overview.ReadyMail;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * Goes from one line of ready mail to the next, through their index, round after round: at each
 * look so many lines, from where the look before ended. So a look costs the same however many lines
 * there are, and all of them have been seen after a round. What a round found counts until the next
 * one is through. Safe for use by many threads.
 */
final class LineWalk {
  /** Some 60 ms on a warm cache. */
  private static final int LINES_A_LOOK = 5000;

  private static final int LANES = 50;
  private static final int LANES_REMEMBERED = 20 * LANES;
  private static final Line BEFORE_ALL = new Line(-1, "", "", new UUID(0, 0), Instant.MAX);

  private final int linesALook;
  private Line reached = BEFORE_ALL;
  private Round before = new Round();
  private Round current = new Round();

  LineWalk() {
    this(LINES_A_LOOK);
  }

  LineWalk(int linesALook) {
    this.linesALook = linesALook;
  }

  /** A line, and since when its first has been ready. */
  private record Line(long team, String lane, String urgency, UUID sender, Instant readyAt) {
    static Line of(ResultSet row) throws SQLException {
      return new Line(
          row.getLong("team_id"),
          row.getString("lane"),
          row.getString("urgency"),
          Columns.uuid(row, "sender"),
          Columns.instant(row, "ready_at"));
    }
  }

  /** What was found: of each lane the oldest, as long as it may be among those that are told. */
  private static final class Round {
    private int lines;
    private Map<String, Instant> oldest = new HashMap<>();

    void add(Line line) {
      lines++;
      oldest.merge(line.lane(), line.readyAt(), LineWalk::earlier);
      if (oldest.size() > LANES_REMEMBERED) {
        oldest = earliest(oldest.entrySet().stream());
      }
    }
  }

  synchronized ReadyMail look(Handle handle) {
    Instant now =
        handle.createQuery("SELECT now()").map((row, _) -> Columns.instant(row, "now")).one();
    List<Line> lines = next(handle);
    lines.forEach(current::add);
    if (lines.size() < linesALook) {
      before = current;
      current = new Round();
      reached = BEFORE_ALL;
    } else {
      reached = lines.getLast();
    }
    return found(now);
  }

  private List<Line> next(Handle handle) {
    return handle
        .createQuery(
            """
            WITH RECURSIVE line AS (
              SELECT :team AS team_id, CAST(:lane AS text) AS lane,
                     CAST(:urgency AS text) AS urgency, :sender AS sender,
                     CAST(NULL AS timestamptz) AS ready_at, 0 AS number
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
            SELECT team_id, lane, urgency, sender, ready_at
              FROM line
             WHERE number > 0
             ORDER BY number\
            """)
        .bind("team", reached.team())
        .bind("lane", reached.lane())
        .bind("urgency", reached.urgency())
        .bind("sender", reached.sender())
        .bind("lines", linesALook)
        .map((row, _) -> Line.of(row))
        .list();
  }

  private ReadyMail found(Instant now) {
    Map<String, Instant> oldest =
        earliest(Stream.of(before, current).flatMap(round -> round.oldest.entrySet().stream()));
    Map<String, Duration> ages = new HashMap<>();
    oldest.forEach((lane, since) -> ages.put(lane, age(since, now)));
    return new ReadyMail(Math.max(before.lines, current.lines), ages);
  }

  private static Map<String, Instant> earliest(Stream<Entry<String, Instant>> all) {
    return all.collect(toMap(Entry::getKey, Entry::getValue, LineWalk::earlier)).entrySet().stream()
        .sorted(Entry.comparingByValue())
        .limit(LANES)
        .collect(toMap(Entry::getKey, Entry::getValue, LineWalk::earlier, HashMap::new));
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static Duration age(Instant since, Instant now) {
    return since.isBefore(now) ? Duration.between(since, now) : Duration.ZERO;
  }
}
