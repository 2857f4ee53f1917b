package io.leverans.persistence.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running PostgreSQL of our own on a data folder, which keeps what is written to it across
 * restarts. It listens on the loopback address only, on a port chosen at each start.
 *
 * <p>The data folder belongs to one process at a time. It holds {@code cluster} (PostgreSQL's own
 * files), {@code binaries} (its programs), {@code password} (mode 0600; also that of the superuser
 * {@code postgres}), {@code server.log} and {@code lock}.
 *
 * <p>When this process is killed, PostgreSQL runs on; the next start on the data folder stops it
 * and starts its own. Whoever starts one arranges that it is closed. Safe for use by many threads.
 */
public final class EmbeddedPostgres implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
  static final String NAME = "leverans";

  private final Server server;
  private final DataFolderLock lock;
  private final ServerLog log;
  private final int port;
  private final String password;
  private final AtomicBoolean closed = new AtomicBoolean();

  private EmbeddedPostgres(
      Server server, DataFolderLock lock, ServerLog log, int port, String password) {
    this.server = server;
    this.lock = lock;
    this.log = log;
    this.port = port;
    this.password = password;
  }

  /**
   * Starts PostgreSQL with durability on, and makes the data folder if there is none.
   *
   * @throws EmbeddedPostgresException if it cannot be started: the folder is in use, made by
   *     another major version, or out of reach; the message names cause and remedy
   */
  public static EmbeddedPostgres start(Path dataFolder) {
    return start(dataFolder, dataFolder.resolve("binaries"), Durability.DURABLE);
  }

  /**
   * Starts PostgreSQL with its programs elsewhere, so that many data folders share them, or with
   * another durability.
   *
   * @param binaries made if missing; its contents must be trusted, since they are run
   * @throws EmbeddedPostgresException as {@link #start(Path)}
   */
  public static EmbeddedPostgres start(Path dataFolder, Path binaries, Durability durability) {
    Path folder = dataFolder.toAbsolutePath().normalize();
    try {
      Folders.createPrivate(folder);
      DataFolderLock lock = DataFolderLock.take(folder);
      boolean started = false;
      try {
        EmbeddedPostgres postgres =
            startLocked(folder, binaries.toAbsolutePath().normalize(), durability, lock);
        started = true;
        return postgres;
      } finally {
        if (!started) {
          lock.close();
        }
      }
    } catch (AccessDeniedException e) {
      throw new EmbeddedPostgresException(
          "The user %s may not use %s. Start Leverans as the user who owns %s, or choose another data folder"
              .formatted(System.getProperty("user.name"), e.getFile(), folder),
          e);
    } catch (IOException e) {
      throw new EmbeddedPostgresException(
          "PostgreSQL cannot be started on %s: %s".formatted(folder, e), e);
    }
  }

  private static EmbeddedPostgres startLocked(
      Path folder, Path binariesFolder, Durability durability, DataFolderLock lock)
      throws IOException {
    long begin = System.nanoTime();
    PostgresBinaries binaries = PostgresBinaries.unpackedIn(binariesFolder);
    ServerAccount account = ServerAccount.forFolder(folder);
    account.own(folder);
    account.checkReach(binaries.program("postgres"), folder);
    Cluster cluster = new Cluster(folder, binaries, account);
    cluster.prepare(durability);
    String password = cluster.password();
    ServerLog log = new ServerLog(folder.resolve("server.log"));
    Server server = new Server(cluster.folder(), binaries, account, log);
    int port = server.start(durability);
    EmbeddedPostgres postgres = new EmbeddedPostgres(server, lock, log, port, password);
    boolean ready = false;
    try {
      postgres.ensureDatabase(cluster);
      ready = true;
    } finally {
      if (!ready) {
        server.stop();
      }
    }
    LOG.info(
        "PostgreSQL {} runs on {}, port {}, started in {} ms",
        binaries.version(),
        folder,
        port,
        Duration.ofNanos(System.nanoTime() - begin).toMillis());
    return postgres;
  }

  /** The database of Leverans; user and password are not in it. */
  public String jdbcUrl() {
    return jdbcUrl(port);
  }

  /** Owns the database and is no superuser. */
  public String user() {
    return NAME;
  }

  public String password() {
    return password;
  }

  public Path serverLog() {
    return log.file();
  }

  /**
   * Stops PostgreSQL in an orderly way: transactions that are open are rolled back. Does nothing
   * the second time.
   *
   * @throws EmbeddedPostgresException if PostgreSQL does not stop
   */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    try (lock) {
      server.stop();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String jdbcUrl(int port) {
    return jdbcUrl(port, NAME);
  }

  String jdbcUrl(String database) {
    return jdbcUrl(port, database);
  }

  private static String jdbcUrl(int port, String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
  }

  /** Connections of the superuser, one for each call. */
  DataSource superuser() {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(jdbcUrl("postgres"));
    source.setUser(Cluster.SUPERUSER);
    source.setPassword(password);
    return source;
  }

  private void ensureDatabase(Cluster cluster) {
    try (Connection connection = superuser().getConnection();
        Statement statement = connection.createStatement()) {
      if (isMissing(statement, "SELECT FROM pg_roles WHERE rolname = '%s'")) {
        statement.execute("CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(NAME, password));
      }
      if (isMissing(statement, "SELECT FROM pg_database WHERE datname = '%s'")) {
        statement.execute("CREATE DATABASE %s OWNER %s".formatted(NAME, NAME));
      }
    } catch (SQLException e) {
      throw new EmbeddedPostgresException(
          """
          PostgreSQL has started but lets nobody in: %s
          Does %s belong to this data folder? The last lines of its log %s:
          %s\
          """
              .formatted(e.getMessage(), cluster.passwordFile(), log.file(), log.lastLines()),
          e);
    }
  }

  private static boolean isMissing(Statement statement, String query) throws SQLException {
    try (var rows = statement.executeQuery(query.formatted(NAME))) {
      return !rows.next();
    }
  }
}
