package io.leverans.bootstrap.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.leverans.persistence.Database;
import io.leverans.persistence.Mode;
import io.leverans.persistence.embedded.Durability;
import io.leverans.persistence.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes' parts on one database. */
class WakingTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir private static Path folder;
  private static EmbeddedPostgres server;
  private static Database database;

  @BeforeAll
  static void start() {
    server =
        EmbeddedPostgres.start(
            folder, Path.of("target", "postgres-binaries"), Durability.UNSAFE_FOR_THROW_AWAY_DATA);
    database =
        Database.open(
            new Database.Settings(server.jdbcUrl(), server.user(), server.password(), 2),
            Mode.SANDBOX);
  }

  @AfterAll
  static void stop() {
    database.close();
    server.close();
  }

  private static long count(String query) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      assertThat(row.next()).isTrue();
      return row.getLong(1);
    }
  }

  private static void awaitHearing(Bell bell) {
    await().atMost(SOON).until(bell::others, Bell.Others.HEARD::equals);
    bell.silence();
  }

  private static Duration untilItRings(Bell bell) throws InterruptedException {
    long begin = System.nanoTime();
    bell.await(LONG);
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  @Test
  void what_one_node_tells_rings_at_another() throws Exception {
    var bell = new Bell();
    try (var _ = new Listener(database.wakeUps(), bell);
        var herald = new Herald(database.wakeUps())) {
      awaitHearing(bell);
      herald.tell();
      assertThat(untilItRings(bell)).isLessThan(SOON);
    }
  }

  @Test
  void what_is_told_just_before_the_end_is_told() throws Exception {
    var bell = new Bell();
    try (var _ = new Listener(database.wakeUps(), bell)) {
      awaitHearing(bell);
      try (var herald = new Herald(database.wakeUps())) {
        herald.tell();
      }
      assertThat(untilItRings(bell)).isLessThan(SOON);
    }
  }

  @Test
  void a_listener_whose_connection_breaks_listens_again_and_looks_for_what_it_missed()
      throws Exception {
    var bell = new Bell();
    try (var _ = new Listener(database.wakeUps(), bell);
        var herald = new Herald(database.wakeUps())) {
      awaitHearing(bell);
      assertThat(
              count(
                  "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                      + " WHERE application_name = 'leverans listening'"))
          .isPositive();
      assertThat(untilItRings(bell)).isLessThan(SOON);
      awaitHearing(bell);
      herald.tell();
      assertThat(untilItRings(bell)).isLessThan(SOON);
    }
  }
}
