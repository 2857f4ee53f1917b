package io.leverans.persistence.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts PostgreSQL on a cluster, on a free port of the loopback address. */
final class Server {
  private static final Logger LOG = LoggerFactory.getLogger(Server.class);

  /** Redoing the write-ahead log after a crash takes its time; a shorter patience would lie. */
  private static final Duration START_PATIENCE = Duration.ofMinutes(10);

  private static final int ATTEMPTS = 3;
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  private final Path cluster;
  private final PostgresBinaries binaries;
  private final ServerAccount account;
  private final ServerLog log;
  private final ServerProcesses processes;

  Server(Path cluster, PostgresBinaries binaries, ServerAccount account, ServerLog log)
      throws IOException {
    this.cluster = cluster;
    this.binaries = binaries;
    this.account = account;
    this.log = log;
    this.processes = new ServerProcesses(cluster);
  }

  /**
   * Stops a server that a killed process has left on this cluster, and starts anew, so that it runs
   * with the settings of this start. To be called under the data folder's lock.
   *
   * @return the port
   */
  int start(Durability durability) throws IOException {
    for (int attempt = 1; ; attempt++) {
      stopOrphan();
      processes.forgetStalePostmaster();
      log.rotate();
      int port = freePort();
      Program.Result result = launch(port, durability);
      if (result.succeeded()) {
        return port;
      }
      boolean lostRace = !isFree(port) || processes.areRunning();
      if (!lostRace || attempt == ATTEMPTS) {
        throw new EmbeddedPostgresException(
            """
            PostgreSQL does not start on %s; pg_ctl says:
            %s
            The last lines of its log %s:
            %s
            Mend what they name, then start again.\
            """
                .formatted(cluster, result.output(), log.file(), log.lastLines()));
      }
    }
  }

  void stop() throws IOException {
    processes.stop();
  }

  private void stopOrphan() throws IOException {
    if (processes.areRunning()) {
      LOG.warn("stopping the PostgreSQL that an earlier process left running on {}", cluster);
      processes.stop();
    }
  }

  /**
   * pg_ctl starts a session of its own, so that Ctrl-C at our terminal does not stop PostgreSQL.
   */
  private Program.Result launch(int port, Durability durability) throws IOException {
    String options =
        Stream.concat(
                Stream.of(
                    "listen_addresses=" + LOOPBACK.getHostAddress(),
                    "port=" + port,
                    "unix_socket_directories="),
                durability.serverOptions().stream())
            .map(option -> "-c " + option)
            .collect(Collectors.joining(" "));
    List<String> command =
        List.of(
            binaries.program("pg_ctl").toString(),
            "start",
            "--wait",
            "--timeout=" + START_PATIENCE.toSeconds(),
            "--pgdata=" + cluster,
            "--log=" + log.file(),
            "--options=" + options);
    return Program.run(account.running(command), START_PATIENCE.plusSeconds(10));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, LOOPBACK)) {
      return socket.getLocalPort();
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(LOOPBACK, port));
      return true;
    } catch (IOException _) {
      return false;
    }
  }
}
