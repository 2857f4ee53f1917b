package io.leverans.persistence;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.leverans.application.port.out.Claim;
import io.leverans.application.port.out.Ids;
import io.leverans.application.port.out.Store;
import io.leverans.application.view.EventName;
import io.leverans.domain.team.TeamId;
import io.leverans.persistence.embedded.TestDatabase;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A database of a test class's own, opened as the service opens it. */
final class DatabaseUnderTest implements AfterAllCallback {
  static final int CONNECTIONS = 8;

  private final TestDatabase server = TestDatabase.fresh();
  private final Database database = Database.open(settings(server), Mode.SANDBOX);
  private final Jdbi jdbi = Jdbi.create(server.dataSource());
  private final Store store = store(database);

  static Database.Settings settings(TestDatabase server) {
    return new Database.Settings(server.jdbcUrl(), server.user(), server.password(), CONNECTIONS);
  }

  static Store store(Database database) {
    Ids ids = new RandomIds(InstantSource.system());
    return new Store(
        ids,
        database.teams(),
        database.apiKeys(ids),
        database.identities(),
        database.channels(),
        database.messages(),
        database.dispatchQueue(),
        database.waitingMail(),
        database.events(),
        database.consents(),
        database.doubts(),
        database.reports());
  }

  /** Connects as a node does, but that the server bears with its silence for so long only. */
  HikariDataSource node(Duration silence, int connections) {
    HikariConfig configuration = Database.configuration(settings(server));
    configuration.setMaximumPoolSize(connections);
    configuration.setConnectionInitSql(SessionSettings.ofNodes(silence));
    return new HikariDataSource(configuration);
  }

  Database database() {
    return database;
  }

  Store store() {
    return store;
  }

  Jdbi jdbi() {
    return jdbi;
  }

  /** How many statements wait for a lock that another holds. */
  int waitingForALock() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT count(*) FROM pg_stat_activity
                     WHERE datname = current_database() AND wait_event_type = 'Lock'\
                    """)
                .mapTo(Integer.class)
                .one());
  }

  /** Which session this is, as {@link #hasSession} asks for it. */
  static int session(Handle handle) {
    return handle.createQuery("SELECT pg_backend_pid()").mapTo(Integer.class).one();
  }

  boolean hasSession(int pid) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("SELECT EXISTS (SELECT FROM pg_stat_activity WHERE pid = :pid)")
                .bind("pid", pid)
                .mapTo(Boolean.class)
                .one());
  }

  void runOut(Claim claim) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    UPDATE dispatch SET due_at = clock_timestamp()
                     WHERE team_id = :team AND id = :id\
                    """)
                .bind("team", claim.dispatch().team().value())
                .bind("id", claim.dispatch().id().value())
                .execute());
  }

  /** What a team was told, in the order of writing: nobody numbers it here. */
  List<EventName> told(TeamId team) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("SELECT kind FROM event WHERE team_id = :team ORDER BY id")
                .bind("team", team.value())
                .map((row, _) -> Columns.eventName(row, "kind"))
                .list());
  }

  /** As if everything had been handed over and looked into so much earlier. */
  void ageDoubts(Duration by) {
    jdbi.useTransaction(
        handle -> {
          setBack(handle, "UPDATE attempt SET handed_over_at = handed_over_at - <by>", by);
          setBack(handle, "UPDATE dispatch SET inquired_at = inquired_at - <by>", by);
        });
  }

  private static void setBack(Handle handle, String update, Duration by) {
    handle
        .createUpdate(update)
        .define("by", ":millis * interval '1 millisecond'")
        .bind("millis", by.toMillis())
        .execute();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    database.close();
    server.close();
  }
}
