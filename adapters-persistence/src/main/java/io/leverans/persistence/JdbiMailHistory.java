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
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/**
 * What became of mail, read where indexes that are there for other things bound what is looked at:
 * ids of messages grow with time, and what failed lies in folders of its own.
 */
public final class JdbiMailHistory implements MailHistory {
  private static final Duration LONGEST_UNDER_WAY = Duration.ofDays(7);
  private static final int MOST_FAILED = 10_000;

  private final Jdbi jdbi;

  public JdbiMailHistory(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** Of an address that was written to and failed: the latest, and why. */
  private record Failed(String address, Cause cause) {}

  @Override
  public HandedOver handedOver(TeamId team, ChannelId channel, Duration window) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT count(DISTINCT d.message_id) AS messages, count(*) AS recipients,
                           coalesce(extract(epoch FROM now() - min(a.handed_over_at)), 0) AS oldest
                      FROM delivery d
                      JOIN dispatch p ON p.team_id = d.team_id AND p.id = d.dispatch_id
                      JOIN attempt a ON a.team_id = d.team_id AND a.delivery_id = d.id
                     WHERE d.team_id = :team AND p.team_id = :team AND a.team_id = :team
                       AND d.message_id >= (lpad(to_hex(
                             (extract(epoch FROM now() - :reach * interval '1 second') * 1000)
                               ::bigint), 12, '0') || repeat('0', 20))::uuid
                       AND p.channel_id = :channel
                       AND a.handed_over_at > now() - :window * interval '1 second'\
                    """)
                .bind("team", team.value())
                .bind("channel", channel.value())
                .bind("window", seconds(window))
                .bind("reach", seconds(window.plus(LONGEST_UNDER_WAY)))
                .map(
                    (row, _) ->
                        new HandedOver(
                            new Amount(row.getLong("messages"), row.getLong("recipients")),
                            Duration.ofMillis(
                                Math.max(0, (long) (row.getDouble("oldest") * 1000)))))
                .one());
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
            Optional.ofNullable(causes.get(key(address)))
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
                .bindArray(
                    "addresses",
                    String.class,
                    addresses.stream().map(JdbiMailHistory::key).distinct().toList())
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

  private static String key(EmailAddress address) {
    return address.toString().toLowerCase(Locale.ROOT);
  }
}
