package io.leverans.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.out.LeaseId;
import io.leverans.application.port.out.Retries.NewRetry;
import io.leverans.application.view.FailedGroups.By;
import io.leverans.application.view.FailedSelection;
import io.leverans.application.view.RetryId;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.team.MemberId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * How the server goes about what is asked of failed mail, as a connection of the service plans it:
 * by the window, or by author and window, and never through all that ever failed.
 */
class FailedDeliveriesPlansTest {
  private static final int ROWS = 20_000;
  private static final SingleConnection CONNECTION = new SingleConnection();
  private static final Jdbi JDBI = CONNECTION.jdbi();
  private static final StoredFailingMail MAIL = new StoredFailingMail(CONNECTION.store(), JDBI);

  @BeforeAll
  static void ask() {
    var _ = MAIL.failed(MAIL.admin(), Cause.MAILBOX_FULL, "a@example.com");
    fail();
    for (int times = 0; times < 6; times++) {
      askAll();
    }
  }

  /** The driver prepares what it is asked again and again. */
  private static void askAll() {
    var failed = new JdbiFailedDeliveries(JDBI);
    var retries = new JdbiRetries(JDBI);
    for (var member : List.of(Optional.<MemberId>empty(), Optional.of(MAIL.admin()))) {
      for (By by : By.values()) {
        var _ = failed.group(selection(member), by, 10);
      }
      var _ =
          retries.order(
              new NewRetry(
                  new RetryId(UUID.randomUUID()),
                  selection(member),
                  MAIL.admin(),
                  Optional.empty()));
      var _ =
          retries
              .take(MAIL.team(), new LeaseId(UUID.randomUUID()), Duration.ofMinutes(1), 10)
              .map(batch -> retries.carryOut(batch, Map.of()));
    }
  }

  /** Each a minute before the other, of fifty authors. */
  private static void fail() {
    JDBI.useHandle(
        handle -> {
          handle.execute(
              "ALTER TABLE undelivered DROP CONSTRAINT undelivered_team_id_delivery_id_fkey");
          handle
              .createUpdate(
                  """
                  INSERT INTO undelivered
                  SELECT team_id, gen_random_uuid(), message_id, md5((n % 50)::text)::uuid,
                         channel_id, state, cause, domain, sender_domain,
                         ended_at - n * interval '1 minute'
                    FROM undelivered, generate_series(1, :rows) AS n\
                  """)
              .bind("rows", ROWS)
              .execute();
          handle.execute("ANALYZE undelivered");
        });
  }

  private static FailedSelection selection(Optional<MemberId> member) {
    Instant now = Instant.now();
    return new FailedSelection(
        MAIL.team(),
        member,
        now.minus(Duration.ofHours(1)),
        now.plus(Duration.ofHours(1)),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  @AfterAll
  static void close() {
    CONNECTION.close();
  }

  @Test
  void a_teams_failures_are_grouped_and_counted_by_the_window_and_an_authors_by_both() {
    assertThat(plans("WITH failed AS", "FROM identity"))
        .hasSize(3)
        .allSatisfy(plan -> assertThat(plan).contains("undelivered_failed_of_author"));
    assertThat(plansWithout("WITH failed AS", "FROM identity"))
        .hasSize(3)
        .allSatisfy(
            plan ->
                assertThat(plan)
                    .containsPattern("undelivered_failed\\b(?!_of)")
                    .contains("(ended_at >= ", "(ended_at < "));
    assertThat(plans("INSERT INTO retry_order", "")).hasSize(2).allSatisfy(this::readsAWindow);
  }

  @Test
  void what_is_told_apart_is_counted_by_its_own_index() {
    assertThat(plans("count(*) FILTER (WHERE u.state", ""))
        .hasSize(2)
        .allSatisfy(plan -> assertThat(plan).contains("undelivered_apart"));
  }

  @Test
  void the_next_to_be_retried_are_found_where_the_walk_has_come_to() {
    assertThat(plansWithout("SELECT u.delivery_id", "identity_id = ANY"))
        .singleElement()
        .asString()
        .contains("undelivered_failed", "ROW(")
        .doesNotContain("Sort Key: undelivered");
  }

  private void readsAWindow(String plan) {
    assertThat(plan).contains("undelivered_failed").doesNotContain("Seq Scan on undelivered");
  }

  private static List<String> plans(String start, String with) {
    return JDBI.withHandle(
        handle ->
            statements(handle).entrySet().stream()
                .filter(each -> each.getKey().contains(start) && each.getKey().contains(with))
                .map(each -> plan(handle, each.getValue()))
                .toList());
  }

  private static List<String> plansWithout(String start, String without) {
    return JDBI.withHandle(
        handle ->
            statements(handle).entrySet().stream()
                .filter(each -> each.getKey().contains(start) && !each.getKey().contains(without))
                .map(each -> plan(handle, each.getValue()))
                .toList());
  }

  /** By their text, how they are executed. */
  private static Map<String, String> statements(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT name, statement, cardinality(parameter_types) AS parameters
              FROM pg_prepared_statements
             WHERE statement LIKE '%undelivered%' AND statement NOT LIKE '%pg_prepared%'\
            """)
        .map(
            (row, _) ->
                Map.entry(
                    row.getString("statement"),
                    "EXECUTE \"%s\" (%s)"
                        .formatted(
                            row.getString("name"),
                            String.join(
                                ", ", Collections.nCopies(row.getInt("parameters"), "NULL")))))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, _) -> a));
  }

  private static String plan(Handle handle, String execute) {
    return String.join("\n", handle.createQuery("EXPLAIN " + execute).mapTo(String.class).list());
  }
}
