package io.leverans.persistence.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Runs a program of the operating system, or one of PostgreSQL's, to its end. */
final class Program {
  /** PostgreSQL's programs take defaults and messages' language from these. */
  private static final Set<String> LANGUAGE = Set.of("LANG", "LANGUAGE");

  /** What a program answered; {@code output} holds both its streams. */
  record Result(int status, String output) {
    boolean succeeded() {
      return status == 0;
    }
  }

  private Program() {}

  /**
   * Waits for the program's end. Its output must fit into a pipe (64 KiB), as that of every program
   * used here does.
   *
   * @throws EmbeddedPostgresException if it has not ended within the patience, which kills it
   * @throws IOException if it cannot be started, for example because there is no such program
   */
  static Result run(List<String> command, Duration patience) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(Program::steersPostgres);
    builder.environment().put("LC_ALL", "C");
    Process process = builder.start();
    try {
      process.getOutputStream().close();
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new EmbeddedPostgresException(
            "%s has not ended within %d s".formatted(command, patience.toSeconds()));
      }
      return new Result(
          process.exitValue(), new String(process.getInputStream().readAllBytes(), UTF_8).strip());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedPostgresException("interrupted while waiting for " + command, e);
    } finally {
      process.destroyForcibly();
    }
  }

  /** Whether the program can be started and answers with success. */
  static boolean succeeds(List<String> command) {
    try {
      return run(command, Duration.ofSeconds(10)).succeeded();
    } catch (IOException _) {
      return false;
    }
  }

  private static boolean steersPostgres(String variable) {
    return variable.startsWith("PG") || variable.startsWith("LC_") || LANGUAGE.contains(variable);
  }
}
