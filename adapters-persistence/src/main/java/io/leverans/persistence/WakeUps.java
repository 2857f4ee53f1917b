package io.leverans.persistence;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Lets the nodes on one database tell each other that mail may be due. A word is lost to whoever
 * does not listen at the time, so that nobody may rely on it alone. Safe for use by many threads.
 */
public final class WakeUps {
  private static final String CHANNEL = "leverans_due";
  private static final Duration CONNECTION_PATIENCE = Duration.ofSeconds(10);
  private static final Duration CHECK_PATIENCE = Duration.ofSeconds(5);

  private final Jdbi jdbi;
  private final Database.Settings settings;

  WakeUps(Jdbi jdbi, Database.Settings settings) {
    this.jdbi = jdbi;
    this.settings = settings;
  }

  /**
   * Tells all that listen, in a transaction of its own. At its commit it waits for a lock that the
   * whole server has one of, so that it is no part of any other transaction, and not made for each
   * mail.
   */
  public void tell() {
    jdbi.useHandle(handle -> handle.execute("NOTIFY " + CHANNEL));
  }

  /**
   * Listens from now on, on a connection of its own.
   *
   * @throws SQLException if there is no connection to be had
   */
  public Ear listen() throws SQLException {
    var properties = new Properties();
    properties.setProperty("user", settings.user());
    properties.setProperty("password", settings.password());
    properties.setProperty("ApplicationName", "leverans listening");
    properties.setProperty("connectTimeout", Long.toString(CONNECTION_PATIENCE.toSeconds()));
    properties.setProperty("tcpKeepAlive", "true");
    Connection connection = DriverManager.getConnection(settings.jdbcUrl(), properties);
    try (Statement statement = connection.createStatement()) {
      statement.execute("LISTEN " + CHANNEL);
      return new Ear(connection);
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** One that listens, for use by one thread; closed by whichever. */
  public static final class Ear implements AutoCloseable {
    private final Connection connection;

    private Ear(Connection connection) {
      this.connection = connection;
    }

    /**
     * Waits until somebody tells something.
     *
     * @return how often it was told meanwhile; 0 if nobody did for so long
     * @throws SQLException if the connection is broken
     */
    public int await(Duration patience) throws SQLException {
      PGNotification[] heard =
          connection
              .unwrap(PGConnection.class)
              .getNotifications(Math.toIntExact(patience.toMillis()));
      int told = heard == null ? 0 : heard.length;
      if (told == 0 && !connection.isValid(Math.toIntExact(CHECK_PATIENCE.toSeconds()))) {
        throw new SQLException("the connection that is listened on is broken");
      }
      return told;
    }

    @Override
    public void close() throws SQLException {
      connection.close();
    }
  }
}
