package io.leverans.persistence;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import io.leverans.domain.channel.Forecast.Amount;
import io.leverans.persistence.Overview.UsedLimit;
import io.leverans.persistence.UsedLanes.Use;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * Reads what counts just now of the paces of lanes, whichever nodes let it pass. Where that were
 * too much to read, it is what counted when this node last asked.
 */
final class PaceReader {
  private final Handle handle;
  private final long permitsAtMost;

  PaceReader(Handle handle, long permitsAtMost) {
    this.handle = handle;
    this.permitsAtMost = permitsAtMost;
  }

  /** One for each limit. */
  List<UsedLimit> used(List<Use> uses) {
    Map<String, Map<Duration, Amount>> read = read(affordable(uses));
    return uses.stream()
        .flatMap(use -> limits(use, read.getOrDefault(use.lane().name(), use.passed())))
        .toList();
  }

  private static Stream<UsedLimit> limits(Use use, Map<Duration, Amount> passed) {
    return use.pace().limits().stream()
        .map(limit -> new UsedLimit(use.lane().name(), limit, UsedLanes.share(limit, passed)));
  }

  private List<Use> affordable(List<Use> uses) {
    List<Use> affordable = new ArrayList<>();
    long left = permitsAtMost;
    for (Use use : uses) {
      if (use.permits() <= left) {
        left -= use.permits();
        affordable.add(use);
      }
    }
    return affordable;
  }

  private record Window(String lane, Duration length) {}

  private record Passed(Window window, Amount amount) {}

  /** Window by window, through the index of a lane's permits: there may be many of other lanes. */
  private Map<String, Map<Duration, Amount>> read(List<Use> uses) {
    List<Window> windows = uses.stream().flatMap(PaceReader::windows).toList();
    return handle
        .createQuery(
            """
            SELECT w.lane, w.millis, passed.messages, passed.recipients
              FROM unnest(:lanes, :windows) AS w (lane, millis)
             CROSS JOIN LATERAL (
                   SELECT coalesce(sum(p.messages), 0) AS messages,
                          coalesce(sum(p.recipients), 0) AS recipients
                     FROM lane_permit p
                    WHERE p.lane = w.lane
                      AND p.counts_at
                          > statement_timestamp() - w.millis * interval '1 millisecond') passed\
            """)
        .bind("lanes", SqlArray.texts(Columns.each(windows, Window::lane)))
        .bind("windows", SqlArray.longs(Columns.each(windows, each -> each.length().toMillis())))
        .map(
            (row, _) ->
                new Passed(
                    new Window(row.getString("lane"), Duration.ofMillis(row.getLong("millis"))),
                    new Amount(row.getLong("messages"), row.getLong("recipients"))))
        .collect(
            groupingBy(
                each -> each.window().lane(),
                toMap(each -> each.window().length(), Passed::amount)));
  }

  private static Stream<Window> windows(Use use) {
    return use.pace().windows().stream().map(length -> new Window(use.lane().name(), length));
  }
}
