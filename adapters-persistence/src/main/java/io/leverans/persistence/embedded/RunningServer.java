package io.leverans.persistence.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The PostgreSQL of a service that runs on a data folder right now, for another process that wants
 * to talk to the same database. It is not ours to stop.
 */
public record RunningServer(String jdbcUrl, String user, String password) {
  private static final int PROCESS_LINE = 0;
  private static final int PORT_LINE = 3;

  public RunningServer {
    Objects.requireNonNull(jdbcUrl);
    Objects.requireNonNull(user);
    Objects.requireNonNull(password);
  }

  /**
   * Looks whether one runs, by the file that PostgreSQL keeps for as long as it does.
   *
   * @throws EmbeddedPostgresException if it may not be looked into
   */
  public static Optional<RunningServer> on(Path dataFolder) {
    Path status = dataFolder.resolve("cluster").resolve("postmaster.pid");
    Path password = dataFolder.resolve("password");
    try {
      if (!DataFolderLock.isHeld(dataFolder) || !Files.exists(status)) {
        return Optional.empty();
      }
      List<String> lines = Files.readAllLines(status);
      return lines.size() > PORT_LINE && runs(lines.get(PROCESS_LINE))
          ? Optional.of(
              new RunningServer(
                  EmbeddedPostgres.jdbcUrl(Integer.parseInt(lines.get(PORT_LINE).strip())),
                  EmbeddedPostgres.NAME,
                  Files.readString(password).strip()))
          : Optional.empty();
    } catch (IOException e) {
      throw new EmbeddedPostgresException(
          "The database on %s is run by another user. Run this command as that user: %s"
              .formatted(dataFolder, e),
          e);
    }
  }

  private static boolean runs(String processId) {
    return ProcessHandle.of(Long.parseLong(processId.strip()))
        .map(ProcessHandle::isAlive)
        .orElse(false);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "RunningServer[" + jdbcUrl + ", " + user + "]";
  }
}
