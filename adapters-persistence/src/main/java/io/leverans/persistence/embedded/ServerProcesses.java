package io.leverans.persistence.embedded;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The processes of the PostgreSQL that serves one cluster, whoever has started it. */
final class ServerProcesses {
  private static final Logger LOG = LoggerFactory.getLogger(ServerProcesses.class);
  private static final Duration FAST_PATIENCE = Duration.ofSeconds(60);
  private static final Duration IMMEDIATE_PATIENCE = Duration.ofSeconds(20);
  private static final Duration GLANCE = Duration.ofMillis(5);
  private static final boolean HAS_PROC = Files.exists(Path.of("/proc/self/cwd"));

  private final Path cluster;

  /**
   * @param cluster PostgreSQL's folder, which must exist
   */
  ServerProcesses(Path cluster) throws IOException {
    this.cluster = cluster.toRealPath();
  }

  boolean areRunning() {
    return !running().isEmpty();
  }

  /**
   * Removes a process id file that a crash of the machine has left and whose number another program
   * has got since: PostgreSQL would take that program for itself. The file of a process that is
   * gone is left to PostgreSQL, which looks further.
   */
  void forgetStalePostmaster() throws IOException {
    Optional<ProcessHandle> recorded = postmaster();
    if (recorded.isPresent() && running().isEmpty()) {
      LOG.warn("removing {}: its process {} is another program", pidFile(), recorded.get().pid());
      Files.deleteIfExists(pidFile());
    }
  }

  /**
   * Stops the server in PostgreSQL's "fast" way, which disconnects its clients, ends their
   * transactions and writes a checkpoint; after a minute in its "immediate" way, which leaves the
   * recovery to the next start.
   *
   * @throws EmbeddedPostgresException if it runs on nevertheless
   */
  void stop() throws IOException {
    if (stopped("INT", FAST_PATIENCE) || stopped("QUIT", IMMEDIATE_PATIENCE)) {
      return;
    }
    throw new EmbeddedPostgresException(
        "PostgreSQL on %s does not stop (processes %s). End these processes, then start again"
            .formatted(
                cluster,
                running().stream()
                    .map(process -> Long.toString(process.pid()))
                    .collect(joining(", "))));
  }

  private boolean stopped(String signal, Duration patience) throws IOException {
    Optional<ProcessHandle> postmaster = postmaster().filter(this::serves);
    if (postmaster.isPresent()) {
      String pid = Long.toString(postmaster.get().pid());
      Program.run(
          List.of("/bin/sh", "-c", "kill -s " + signal + " " + pid), Duration.ofSeconds(10));
    }
    long start = System.nanoTime();
    while (areRunning()) {
      if (System.nanoTime() - start > patience.toNanos()) {
        return false;
      }
      LockSupport.parkNanos(GLANCE.toNanos());
    }
    return true;
  }

  private List<ProcessHandle> running() {
    return ProcessHandle.allProcesses().filter(this::serves).toList();
  }

  /**
   * Whether the process is a living one of PostgreSQL's in this cluster, which is the working
   * folder of each of them. A zombie has no working folder.
   */
  private boolean serves(ProcessHandle process) {
    Optional<Path> program = process.info().command().map(Path::of).map(Path::getFileName);
    if (program.isEmpty() || !program.get().toString().startsWith("postgres")) {
      return false;
    }
    if (!HAS_PROC) {
      return process.isAlive()
          && Arrays.asList(process.info().arguments().orElse(new String[0]))
              .contains(cluster.toString());
    }
    try {
      Path workingFolder =
          Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "cwd"));
      return workingFolder.equals(cluster);
    } catch (IOException _) {
      return false;
    }
  }

  /** The living process that the process id file names, whatever program it is by now. */
  private Optional<ProcessHandle> postmaster() throws IOException {
    if (!Files.exists(pidFile())) {
      return Optional.empty();
    }
    return Files.readString(pidFile())
        .lines()
        .findFirst()
        .map(String::strip)
        .filter(line -> line.matches("\\d{1,18}"))
        .flatMap(line -> ProcessHandle.of(Long.parseLong(line)));
  }

  private Path pidFile() {
    return cluster.resolve("postmaster.pid");
  }
}
