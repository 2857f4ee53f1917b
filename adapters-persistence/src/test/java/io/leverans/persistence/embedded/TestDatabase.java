package io.leverans.persistence.embedded;

import io.leverans.persistence.Schema;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A database of a test's own, with the schema in it, on one PostgreSQL for all tests of this Java
 * process. Copying the migrated template takes a fraction of the time of a migration.
 *
 * <pre>{@code
 * @RegisterExtension static final TestDatabase database = TestDatabase.fresh();
 * }</pre>
 *
 * <p>A commit is not waited for by the disk here, since nothing of it is kept; a test of durability
 * starts an {@link EmbeddedPostgres} of its own.
 */
public final class TestDatabase implements AfterAllCallback, AutoCloseable {
  private static final String TEMPLATE = "migrated";
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final String name;

  private TestDatabase(String name) {
    this.name = name;
  }

  /** A database with the schema in its newest version and no rows. */
  public static TestDatabase fresh() {
    String name = "test_" + COUNT.incrementAndGet();
    Shared.administer("CREATE DATABASE %s TEMPLATE %s OWNER leverans".formatted(name, TEMPLATE));
    return new TestDatabase(name);
  }

  /** A database without any tables. */
  public static TestDatabase empty() {
    String name = "test_" + COUNT.incrementAndGet();
    Shared.administer("CREATE DATABASE %s OWNER leverans".formatted(name));
    return new TestDatabase(name);
  }

  /** One connection for each call, none pooled. */
  public DataSource dataSource() {
    return Shared.dataSource(name);
  }

  public String jdbcUrl() {
    return Shared.SERVER.jdbcUrl(name);
  }

  public String user() {
    return Shared.SERVER.user();
  }

  public String password() {
    return Shared.SERVER.password();
  }

  /** Drops the database, with the connections that are still open. */
  @Override
  public void close() {
    Shared.administer("DROP DATABASE IF EXISTS %s WITH (FORCE)".formatted(name));
  }

  @Override
  public void afterAll(ExtensionContext context) {
    close();
  }

  private static final class Shared {
    static final EmbeddedPostgres SERVER = startWithTemplate();

    static EmbeddedPostgres startWithTemplate() {
      Path folder = ThrowAwayFolders.create();
      EmbeddedPostgres server =
          EmbeddedPostgres.start(
              folder, ThrowAwayFolders.binaries(), Durability.UNSAFE_FOR_THROW_AWAY_DATA);
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    server.close();
                    ThrowAwayFolders.delete(folder);
                  }));
      administer(server, "CREATE DATABASE %s OWNER leverans".formatted(TEMPLATE));
      Schema.migrate(dataSource(server, TEMPLATE));
      return server;
    }

    static void administer(String statement) {
      administer(SERVER, statement);
    }

    static DataSource dataSource(String database) {
      return dataSource(SERVER, database);
    }

    private static void administer(EmbeddedPostgres server, String sql) {
      try (Connection connection = server.superuser().getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute(sql);
      } catch (SQLException e) {
        throw new IllegalStateException(sql, e);
      }
    }

    private static DataSource dataSource(EmbeddedPostgres server, String database) {
      PGSimpleDataSource source = new PGSimpleDataSource();
      source.setUrl(server.jdbcUrl(database));
      source.setUser(server.user());
      source.setPassword(server.password());
      return source;
    }
  }
}
