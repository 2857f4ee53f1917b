package io.leverans.persistence;

import io.leverans.domain.bounce.Hints;
import io.leverans.domain.bounce.ReportId;
import io.leverans.domain.bounce.Statement;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.team.TeamId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** Reports of a team that name persons, and what is left of them without these. */
final class PersonsReports {
  private static final int A_STRETCH = 1000;
  private static final UUID BEFORE_ALL = new UUID(0, 0);

  private final Handle handle;
  private final TeamId team;
  private final Set<String> keys;

  /** Those that name any of the mailboxes with these keys. */
  PersonsReports(Handle handle, TeamId team, Set<String> keys) {
    this.handle = handle;
    this.team = team;
    this.keys = Set.copyOf(keys);
  }

  /** What a report tells of whom. */
  record Row(
      ReportId id, Optional<DeliveryId> delivery, List<Statement> statements, List<String> hinted) {
    static Row of(ResultSet row) throws SQLException {
      return new Row(
          new ReportId(Columns.uuid(row, "id")),
          Columns.optionalUuid(row, "delivery_id").map(DeliveryId::new),
          Json.statements(row.getString("statements")),
          Columns.optionalText(row, "hints").map(Json::hints).orElse(Hints.NONE).recipients());
    }
  }

  /**
   * What one stretch held.
   *
   * @param all whomever they name
   * @param reached the last row; empty if it was the last stretch
   */
  record Stretch(List<Row> all, Optional<UUID> reached) {}

  Stretch next(Optional<UUID> after) {
    List<Row> looked =
        handle
            .createQuery(
                """
                SELECT id, delivery_id, statements, hints FROM report
                 WHERE team_id = :team AND id > :after
                 ORDER BY id
                 LIMIT :limit\
                """)
            .bind("team", team.value())
            .bind("after", after.orElse(BEFORE_ALL))
            .bind("limit", A_STRETCH)
            .map((row, _) -> Row.of(row))
            .list();
    return new Stretch(
        looked,
        looked.size() < A_STRETCH ? Optional.empty() : Optional.of(looked.getLast().id().value()));
  }

  boolean name(Row row) {
    return row.hinted().stream().anyMatch(this::isOne)
        || row.statements().stream().anyMatch(this::speaksOfOne);
  }

  private static Stream<String> recipients(Statement statement) {
    return statement.recipients().stream();
  }

  private boolean speaksOfOne(Statement statement) {
    String words = MailboxKey.of(statement.failure().words());
    return recipients(statement).anyMatch(this::isOne) || keys.stream().anyMatch(words::contains);
  }

  private boolean isOne(String recipient) {
    return keys.contains(MailboxKey.of(recipient));
  }

  /** Of a report that is linked to somebody else's delivery, what it says of others stays. */
  int erase(Collection<Row> naming) {
    naming.stream().filter(row -> row.delivery().isPresent()).forEach(this::strip);
    delete(naming.stream().filter(row -> row.delivery().isEmpty()).map(Row::id).toList());
    return naming.size();
  }

  private void delete(List<ReportId> reports) {
    if (reports.isEmpty()) {
      return;
    }
    handle
        .createUpdate("DELETE FROM report WHERE team_id = :team AND id = ANY (:ids)")
        .bind("team", team.value())
        .bind("ids", SqlArray.uuids(reports.stream().map(ReportId::value).toList()))
        .execute();
  }

  private void strip(Row row) {
    handle
        .createUpdate(
            """
            UPDATE report
               SET statements = :statements::jsonb, hints = NULL, raw = NULL,
                   raw_purged_at = coalesce(raw_purged_at, t.now),
                   subject = <subject>, failure = <failure>
              FROM (SELECT now() AS now OFFSET 0) t
             WHERE team_id = :team AND id = :id\
            """)
        .define("subject", ErasedWords.unlessMentioned("subject"))
        .define("failure", ErasedWords.failureUnlessMentioned())
        .bind("keys", SqlArray.texts(keys))
        .bind("team", team.value())
        .bind("id", row.id().value())
        .bind(
            "statements",
            Json.write(
                row.statements().stream().filter(statement -> !speaksOfOne(statement)).toList()))
        .execute();
  }

  /** All of these deliveries, and of others' reports on the same messages what they return. */
  int eraseOf(Collection<UUID> messages, Collection<UUID> deliveries) {
    int erased =
        handle
            .createUpdate(
                """
                DELETE FROM report
                 WHERE team_id = :team AND message_id = ANY (:messages)
                   AND delivery_id = ANY (:deliveries)\
                """)
            .bind("team", team.value())
            .bind("messages", SqlArray.uuids(messages))
            .bind("deliveries", SqlArray.uuids(deliveries))
            .execute();
    handle
        .createQuery(
            """
            SELECT id, delivery_id, statements, hints FROM report
             WHERE team_id = :team AND message_id = ANY (:messages)\
            """)
        .bind("team", team.value())
        .bind("messages", SqlArray.uuids(messages))
        .map((row, _) -> Row.of(row))
        .list()
        .forEach(this::strip);
    return erased;
  }
}
