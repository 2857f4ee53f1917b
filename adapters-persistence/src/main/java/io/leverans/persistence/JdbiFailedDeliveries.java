package io.leverans.persistence;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.leverans.application.port.out.FailedDeliveries;
import io.leverans.application.view.FailedGroups;
import io.leverans.application.view.FailedGroups.Apart;
import io.leverans.application.view.FailedGroups.By;
import io.leverans.application.view.FailedGroups.Group;
import io.leverans.application.view.FailedGroups.Share;
import io.leverans.application.view.FailedSelection;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.Cure;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.Argument;

/** Failed mail in the table {@code undelivered}, grouped by the database. */
public final class JdbiFailedDeliveries implements FailedDeliveries {
  private static final int EXAMPLES = 20;

  /**
   * How much lies in the window decides how it is best grouped: a day's failures of a small team,
   * or a million.
   */
  private static final String PLANNED_FOR_THE_WINDOW =
      "SET LOCAL plan_cache_mode = force_custom_plan; SET LOCAL work_mem = '32MB'";

  /** The largest groups of what is selected, each with its causes. */
  private static final String GROUPS =
      """
      WITH failed AS MATERIALIZED (
        SELECT <key> AS key, u.cause, u.message_id, u.channel_id, u.sender_domain, u.ended_at
          FROM <selected>),
      largest AS (
        SELECT key, count(*) AS deliveries, count(*) OVER () AS groups,
               sum(count(*)) OVER () AS total
          FROM failed
         GROUP BY key
         ORDER BY deliveries DESC, key
         LIMIT :atMost),
      of_messages AS (
        SELECT m.key, count(*) AS messages
          FROM (SELECT DISTINCT f.key, f.message_id FROM failed f
                 WHERE f.key IN (SELECT key FROM largest)) m
         GROUP BY m.key),
      shares AS (
        SELECT f.key, f.cause, count(*) AS deliveries, min(f.ended_at) AS since,
               max(f.ended_at) AS last
          FROM failed f
         WHERE f.key IN (SELECT key FROM largest)
         GROUP BY f.key, f.cause),
      examples AS (
        SELECT x.key, x.cause,
               array_agg(DISTINCT x.channel_id) FILTER (WHERE x.cause = ANY (:ofChannels))
                 AS channels,
               array_agg(DISTINCT x.sender_domain) FILTER (WHERE x.cause = ANY (:ofDomains))
                 AS sender_domains
          FROM (SELECT DISTINCT f.key, f.cause, f.channel_id, f.sender_domain FROM failed f
                 WHERE f.key IN (SELECT key FROM largest)
                   AND (f.cause = ANY (:ofChannels) OR f.cause = ANY (:ofDomains))) x
         GROUP BY x.key, x.cause)
      SELECT l.key::text AS key, l.deliveries, m.messages, l.groups, l.total::bigint AS total,
             s.cause, s.deliveries AS of_cause, s.since, s.last, e.channels, e.sender_domains
        FROM largest l
        JOIN of_messages m ON m.key = l.key
        JOIN shares s ON s.key = l.key
        LEFT JOIN examples e ON e.key = s.key AND e.cause = s.cause
       ORDER BY l.deliveries DESC, l.key, of_cause DESC, s.cause\
      """;

  private static final String APART =
      """
      SELECT count(*) FILTER (WHERE u.state = 'IN_DOUBT') AS in_doubt,
             count(*) FILTER (WHERE u.state = 'COMPLAINED') AS complained
        FROM <selected>\
      """;

  private final Jdbi jdbi;

  public JdbiFailedDeliveries(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** A group's cause, with what the row tells of the group and of all. */
  private record Row(
      String key, long deliveries, long messages, long groups, long total, Share share) {}

  @Override
  public FailedGroups group(FailedSelection selection, By by, int atMost) {
    var selected = new SelectedFailures(selection);
    return jdbi.inTransaction(
        handle -> {
          handle.execute(PLANNED_FOR_THE_WINDOW);
          List<Row> rows = rows(handle, selected, by, atMost);
          List<Group> groups = groups(rows);
          return new FailedGroups(
              groups,
              rows.stream().mapToLong(Row::total).findFirst().orElse(0),
              rows.stream().mapToLong(Row::groups).findFirst().orElse(0) - groups.size(),
              apart(handle, selected));
        });
  }

  private static List<Row> rows(Handle handle, SelectedFailures selected, By by, int atMost) {
    return selected
        .bind(
            handle
                .createQuery(GROUPS)
                .define("key", key(by))
                .define("selected", selected.rows(SelectedFailures.FAILED)))
        .bind("atMost", atMost)
        .bind("ofChannels", causesWith(Cure.RECONNECT_CHANNEL))
        .bind("ofDomains", causesWith(Cure.PUBLISH_RECORD))
        .map((row, _) -> row(row))
        .list();
  }

  private static String key(By by) {
    return switch (by) {
      case CAUSE -> "u.cause";
      case DOMAIN -> "u.domain";
      case CHANNEL -> "u.channel_id";
    };
  }

  private static Argument causesWith(Cure cure) {
    return SqlArray.texts(
        Arrays.stream(Cause.values())
            .filter(cause -> cause.cure() == cure)
            .map(Cause::name)
            .toList());
  }

  private static Row row(ResultSet row) throws SQLException {
    return new Row(
        row.getString("key"),
        row.getLong("deliveries"),
        row.getLong("messages"),
        row.getLong("groups"),
        row.getLong("total"),
        new Share(
            Columns.constant(row, "cause", Cause.class),
            row.getLong("of_cause"),
            Columns.instant(row, "since"),
            Columns.instant(row, "last"),
            some(row, "channels").map(id -> new ChannelId((UUID) id)).toList(),
            some(row, "sender_domains").map(String.class::cast).toList()));
  }

  /** None where nothing was aggregated. */
  private static Stream<Object> some(ResultSet row, String column) throws SQLException {
    Array found = row.getArray(column);
    return found == null
        ? Stream.empty()
        : Arrays.stream((Object[]) found.getArray()).limit(EXAMPLES);
  }

  private static List<Group> groups(List<Row> rows) {
    return rows.stream()
        .collect(groupingBy(Row::key, LinkedHashMap::new, toList()))
        .values()
        .stream()
        .map(JdbiFailedDeliveries::group)
        .toList();
  }

  private static Group group(List<Row> rows) {
    Row first = rows.getFirst();
    List<Share> causes = rows.stream().map(Row::share).toList();
    return new Group(
        first.key(),
        first.deliveries(),
        first.messages(),
        causes.stream().map(Share::since).min(Comparator.naturalOrder()).orElse(Instant.MIN),
        causes.stream().map(Share::last).max(Comparator.naturalOrder()).orElse(Instant.MAX),
        causes);
  }

  private static Apart apart(Handle handle, SelectedFailures selected) {
    return selected
        .bind(
            handle
                .createQuery(APART)
                .define("selected", selected.rows(SelectedFailures.TOLD_APART)))
        .map((row, _) -> new Apart(row.getLong("in_doubt"), row.getLong("complained")))
        .one();
  }
}
