package io.leverans.bootstrap.wiring;

import io.leverans.application.port.provider.InvalidSettingException;
import io.leverans.bootstrap.settings.DatabaseAddress;
import io.leverans.bootstrap.settings.SettingKey;
import io.leverans.bootstrap.settings.Settings;
import io.leverans.persistence.Database;
import io.leverans.persistence.Mode;
import io.leverans.persistence.embedded.EmbeddedPostgres;
import io.leverans.persistence.embedded.RunningServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The database, and the server that it runs on where that is ours. */
final class Storage implements AutoCloseable {
  private static final int CONNECTIONS_OF_A_COMMAND = 2;

  private final Optional<EmbeddedPostgres> server;
  private final Database database;

  private Storage(Optional<EmbeddedPostgres> server, Database database) {
    this.server = server;
    this.database = database;
  }

  /**
   * Opens the operator's database, or the embedded one.
   *
   * @throws InvalidSettingException if live mode meets a database that may lose what it promised
   */
  static Storage open(Settings settings) {
    return settings
        .database()
        .map(address -> connected(address, settings))
        .orElseGet(() -> embedded(settings));
  }

  /** The same for a command, which may run beside a service that has the embedded one open. */
  static Storage reach(Settings settings) {
    if (settings.database().isPresent()) {
      return open(settings);
    }
    return RunningServer.on(postgresFolder(settings))
        .map(
            running ->
                new Storage(
                    Optional.empty(),
                    open(
                        new Database.Settings(
                            running.jdbcUrl(),
                            running.user(),
                            running.password(),
                            CONNECTIONS_OF_A_COMMAND),
                        settings)))
        .orElseGet(() -> embedded(settings));
  }

  private static Path postgresFolder(Settings settings) {
    return settings.dataFolder().resolve("postgres");
  }

  private static Storage connected(DatabaseAddress address, Settings settings) {
    var target =
        new Database.Settings(
            address.url(), address.user(), address.password(), settings.databaseConnections());
    return new Storage(Optional.empty(), open(target, settings));
  }

  private static Storage embedded(Settings settings) {
    EmbeddedPostgres server = EmbeddedPostgres.start(postgresFolder(settings));
    try {
      var target =
          new Database.Settings(
              server.jdbcUrl(), server.user(), server.password(), settings.databaseConnections());
      return new Storage(Optional.of(server), open(target, settings));
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  private static Database open(Database.Settings target, Settings settings) {
    Mode mode =
        switch (settings.mode()) {
          case SANDBOX -> Mode.SANDBOX;
          case LIVE -> Mode.LIVE;
        };
    Database database = Database.open(target, mode);
    List<String> off = database.checkDurability();
    if (!off.isEmpty() && mode == Mode.LIVE) {
      database.close();
      throw new InvalidSettingException(
          SettingKey.DATABASE_URL.key(),
          "the database has switched off %s, so that a crash could lose accepted mail; switch it on"
              .formatted(String.join(", ", off)));
    }
    return database;
  }

  Database database() {
    return database;
  }

  @Override
  public void close() {
    database.close();
    server.ifPresent(EmbeddedPostgres::close);
  }
}
