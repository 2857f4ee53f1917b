package io.leverans.persistence;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.leverans.application.port.out.Ids;
import io.leverans.application.port.out.Store;
import io.leverans.persistence.embedded.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import org.jdbi.v3.core.Jdbi;

/**
 * A database of a test class's own, reached by a single connection that prepares every statement
 * when it is first used: afterwards the server tells all that was asked.
 */
final class SingleConnection implements AutoCloseable {
  private final TestDatabase server = TestDatabase.fresh();
  private final HikariDataSource connection = connection(server);
  private final Jdbi jdbi = Database.jdbi(connection);

  private static HikariDataSource connection(TestDatabase server) {
    HikariConfig configuration = Database.configuration(DatabaseUnderTest.settings(server));
    configuration.setMaximumPoolSize(1);
    configuration.addDataSourceProperty("prepareThreshold", 1);
    return new HikariDataSource(configuration);
  }

  Jdbi jdbi() {
    return jdbi;
  }

  /** One that is not of the pool. */
  Connection another() throws SQLException {
    return DriverManager.getConnection(
        connection.getJdbcUrl(), connection.getUsername(), connection.getPassword());
  }

  Store store() {
    Ids ids = new RandomIds(InstantSource.system());
    return new Store(
        ids,
        new JdbiTeams(jdbi),
        new JdbiApiKeys(jdbi, ids),
        new JdbiIdentities(jdbi),
        new JdbiChannels(jdbi, new SecretRenewals(jdbi)),
        new JdbiMessages(jdbi),
        new JdbiDispatchQueue(jdbi),
        new JdbiWaitingMail(jdbi),
        new JdbiEvents(jdbi),
        new JdbiConsents(jdbi),
        new JdbiDoubts(jdbi),
        new JdbiReports(jdbi));
  }

  @Override
  public void close() {
    connection.close();
    server.close();
  }
}
