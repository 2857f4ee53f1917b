package io.leverans.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;

/** A program that prints the master keyset. Nothing it prints is told to anybody. */
final class KeysetCommand {
  private static final int MOST_OCTETS = 1 << 20;

  private final String name;
  private final List<String> command;
  private final Duration limit;

  KeysetCommand(String name, List<String> command, Duration limit) {
    if (command.isEmpty()) {
      throw new IllegalArgumentException(name + " names no program");
    }
    this.name = name;
    this.command = List.copyOf(command);
    this.limit = limit;
  }

  String output() {
    Process process = start();
    try {
      return output(process);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private Process start() {
    try {
      Process process = new ProcessBuilder(command).redirectError(Redirect.DISCARD).start();
      process.getOutputStream().close();
      return process;
    } catch (IOException _) {
      throw failed("its program '" + command.getFirst() + "' cannot be started");
    }
  }

  private String output(Process process) {
    long deadline = System.nanoTime() + limit.toNanos();
    var printed = new FutureTask<>(() -> readAll(process));
    Thread.startVirtualThread(printed);
    try {
      byte[] output = printed.get(limit.toNanos(), NANOSECONDS);
      if (!process.waitFor(deadline - System.nanoTime(), NANOSECONDS)) {
        throw new TimeoutException();
      }
      if (process.exitValue() != 0) {
        throw failed("it ended with status " + process.exitValue());
      }
      return new String(output, UTF_8);
    } catch (TimeoutException _) {
      throw failed("it did not end within " + limit.toSeconds() + " seconds");
    } catch (ExecutionException _) {
      throw failed("its output cannot be read");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw failed("the wait for it was interrupted");
    }
  }

  private static byte[] readAll(Process process) throws IOException {
    try (InputStream out = process.getInputStream()) {
      return out.readNBytes(MOST_OCTETS);
    }
  }

  private UnusableKeysetException failed(String how) {
    return new UnusableKeysetException(
        "the command "
            + name
            + " gave no master keyset: "
            + how
            + "; what it printed is not shown here, as it may be secret: try it by hand");
  }
}
