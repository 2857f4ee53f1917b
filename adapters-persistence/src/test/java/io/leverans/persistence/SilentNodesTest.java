package io.leverans.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.leverans.application.port.out.Lanes;
import io.leverans.application.port.out.Lanes.Taking;
import io.leverans.application.port.out.Sender;
import io.leverans.domain.channel.Forecast.Amount;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.channel.Limit;
import io.leverans.domain.channel.Limit.Counted;
import io.leverans.domain.channel.Limit.Scope;
import io.leverans.domain.channel.Pace;
import io.leverans.persistence.embedded.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A node that says nothing any more, in the middle of a transaction. */
class SilentNodesTest {
  @RegisterExtension static final DatabaseUnderTest DATABASE = new DatabaseUnderTest();

  private final HikariDataSource node = DATABASE.node(Duration.ofSeconds(1), 1);
  private final Jdbi jdbi = Database.jdbi(node);

  @AfterEach
  void close() {
    node.close();
  }

  /** Nothing is closed: the server hears no more of it. */
  private void fallSilentAfter(String statement, Object of) {
    Handle silent = jdbi.open();
    silent.begin();
    silent.execute(statement, of);
  }

  @Test
  void what_it_was_about_to_claim_is_soon_claimed_by_another() {
    var sender = new Sender(DATABASE.store());
    var _ = sender.accept(sender.mail("bo@example.com"));
    fallSilentAfter("SELECT FROM dispatch WHERE team_id = ? FOR UPDATE", sender.team().value());

    assertThat(sender.claim()).isEmpty();
    await().untilAsserted(() -> assertThat(sender.claim()).hasSize(1));
  }

  @Test
  void the_lane_that_it_had_locked_is_soon_free_for_others() {
    Lanes lanes = DATABASE.database().lanes();
    var lane = new Lane("to a silent node");
    assertThat(take(lanes, lane)).isInstanceOf(Taking.Granted.class);
    fallSilentAfter("SELECT FROM lane WHERE lane = ? FOR UPDATE", lane.name());
    long begun = System.nanoTime();

    assertThat(take(lanes, lane)).isInstanceOf(Taking.Granted.class);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
  }

  private static Taking take(Lanes lanes, Lane lane) {
    var limit = new Limit(10, Counted.MESSAGES, Duration.ofHours(1), Scope.CHANNEL, "a test");
    return lanes.take(lane, new Pace(List.of(limit)), new Amount(1, 1), Duration.ZERO);
  }

  @Test
  void when_it_comes_to_itself_what_it_had_begun_fails_and_it_goes_on() {
    assertThatThrownBy(
            () ->
                jdbi.useTransaction(
                    handle -> {
                      int session = DatabaseUnderTest.session(handle);
                      await().until(() -> !DATABASE.hasSession(session));
                      handle.execute("SELECT 1");
                    }))
        .isInstanceOf(JdbiException.class);

    assertThat(jdbi.withHandle(DatabaseUnderTest::session)).isPositive();
  }

  @Test
  void the_server_is_told_how_long_to_bear_with_it() {
    try (TestDatabase server = TestDatabase.fresh();
        var pool = new HikariDataSource(one(DatabaseUnderTest.settings(server)))) {
      Map<String, String> told =
          Database.jdbi(pool)
              .withHandle(
                  handle ->
                      Stream.of(
                              "idle_in_transaction_session_timeout",
                              "lock_timeout",
                              "tcp_keepalives_idle",
                              "tcp_keepalives_interval",
                              "tcp_keepalives_count")
                          .collect(
                              Collectors.toMap(
                                  name -> name,
                                  name ->
                                      handle
                                          .createQuery("SELECT current_setting(:name)")
                                          .bind("name", name)
                                          .mapTo(String.class)
                                          .one())));

      assertThat(told)
          .containsOnly(
              Map.entry("idle_in_transaction_session_timeout", "15s"),
              Map.entry("lock_timeout", "20s"),
              Map.entry("tcp_keepalives_idle", "10"),
              Map.entry("tcp_keepalives_interval", "5"),
              Map.entry("tcp_keepalives_count", "2"));
    }
  }

  private static HikariConfig one(Database.Settings settings) {
    HikariConfig configuration = Database.configuration(settings);
    configuration.setMaximumPoolSize(1);
    return configuration;
  }
}
