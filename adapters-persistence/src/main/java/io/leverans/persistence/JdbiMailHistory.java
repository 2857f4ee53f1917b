package io.leverans.persistence;

import io.leverans.application.port.out.MailHistory;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.Forecast.Amount;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.delivery.Suppression;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.team.TeamId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.result.RowView;

/**
 * What became of mail, read where indexes bound what is looked at: ids of messages grow with time,
 * and what failed lies in folders of its own.
 */
public final class JdbiMailHistory implements MailHistory {
  private static final Duration LONGEST_UNDER_WAY = Duration.ofDays(7);

  /**
   * What was handed over, to be bounded by the ids of messages or, of what was scheduled long
   * before it was sent, by the time that it was to be sent at.
   */
  private static final String PASSED =
      """
      SELECT p.message_id, now() - a.handed_over_at AS age
        FROM dispatch p
        JOIN delivery d ON d.team_id = p.team_id AND d.message_id = p.message_id
                       AND d.dispatch_id = p.id
        JOIN attempt a ON a.team_id = d.team_id AND a.delivery_id = d.id
       WHERE p.team_id = :team AND d.team_id = :team AND a.team_id = :team
         AND p.channel_id = :channel
         AND a.handed_over_at > now() - :longest * interval '1 second'\
      """;

  private static final int MOST_FAILED = 10_000;

  private final Jdbi jdbi;

  public JdbiMailHistory(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** Of an address that was written to and failed: the latest, and why. */
  private record Failed(String address, Cause cause) {}

  @Override
  public Map<Duration, HandedOver> handedOver(
      TeamId team, ChannelId channel, Collection<Duration> windows) {
    if (windows.isEmpty()) {
      return Map.of();
    }
    Map<Long, HandedOver> byMillis = passed(team, channel, windows);
    return windows.stream()
        .distinct()
        .collect(
            Collectors.toMap(
                Function.identity(),
                window -> byMillis.getOrDefault(window.toMillis(), HandedOver.NOTHING)));
  }

  private Map<Long, HandedOver> passed(
      TeamId team, ChannelId channel, Collection<Duration> windows) {
    Duration longest = Collections.max(windows);
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT w.millis, count(DISTINCT passed.message_id) AS messages,
                           count(*) AS recipients, extract(epoch FROM max(passed.age)) AS oldest
                      FROM (<passed> AND p.message_id >= <firstId> AND d.message_id >= <firstId>
                             UNION ALL
                            <passed> AND p.message_id < <firstId>
                               AND p.send_at > now() - :reach * interval '1 second'
                               AND p.send_at <= now()
                           ) passed
                      JOIN unnest(:windows) AS w (millis)
                        ON passed.age < w.millis * interval '1 millisecond'
                     GROUP BY w.millis\
                    """)
                .define("passed", PASSED)
                .define("firstId", RandomIds.LEAST_WITHIN_REACH)
                .bind("team", team.value())
                .bind("channel", channel.value())
                .bind("longest", seconds(longest))
                .bind("reach", seconds(longest.plus(LONGEST_UNDER_WAY)))
                .bind(
                    "windows",
                    SqlArray.longs(windows.stream().map(Duration::toMillis).distinct().toList()))
                .reduceRows(
                    new HashMap<>(),
                    (passed, row) -> {
                      passed.put(row.getColumn("millis", Long.class), passed(row));
                      return passed;
                    }));
  }

  private static HandedOver passed(RowView row) {
    return new HandedOver(
        new Amount(row.getColumn("messages", Long.class), row.getColumn("recipients", Long.class)),
        Duration.ofMillis(Math.max(0, (long) (row.getColumn("oldest", Double.class) * 1000))));
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }

  @Override
  public Map<EmailAddress, Cause> causesNotToWrite(
      TeamId team, Collection<EmailAddress> addresses) {
    Map<String, Cause> causes = new HashMap<>();
    failed(team, addresses).forEach(failed -> causes.putIfAbsent(failed.address(), failed.cause()));
    Map<EmailAddress, Cause> known = new HashMap<>();
    addresses.forEach(
        address ->
            Optional.ofNullable(causes.get(MailboxKey.of(address)))
                .ifPresent(cause -> known.put(address, cause)));
    return known;
  }

  /** The latest first. */
  private List<Failed> failed(TeamId team, Collection<EmailAddress> addresses) {
    if (addresses.isEmpty()) {
      return List.of();
    }
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT lower(d.address) AS address, d.state, d.failure
                      FROM (SELECT id FROM message
                             WHERE team_id = :team
                               AND folder IN ('FAILED', 'BOUNCED', 'SPAM_COMPLAINTS')
                             ORDER BY id DESC
                             LIMIT :most) m
                      JOIN delivery d ON d.message_id = m.id
                     WHERE d.team_id = :team AND lower(d.address) = ANY (:addresses)
                       AND d.state IN ('FAILED', 'BOUNCED', 'COMPLAINED')
                     ORDER BY d.message_id DESC, d.id\
                    """)
                .bind("team", team.value())
                .bind("most", MOST_FAILED)
                .bind(
                    "addresses",
                    SqlArray.texts(addresses.stream().map(MailboxKey::of).distinct().toList()))
                .map((row, _) -> failed(row))
                .list()
                .stream()
                .flatMap(Optional::stream)
                .toList());
  }

  private static Optional<Failed> failed(ResultSet row) throws SQLException {
    String address = row.getString("address");
    return Columns.constant(row, "state", DeliveryState.class) == DeliveryState.COMPLAINED
        ? Optional.of(new Failed(address, Cause.MARKED_AS_SPAM))
        : Columns.optionalFailure(row, "failure")
            .filter(failure -> failure.suppression() == Suppression.SUPPRESSES)
            .map(failure -> new Failed(address, failure.cause()));
  }
}
