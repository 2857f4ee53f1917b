package io.leverans.bootstrap.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Java process that does not end, and what could say why. */
record StuckProcess(long pid, Path dataFolder) {
  private static final int LINES = 50;

  /** All its threads, virtual ones as well, and the last that its own database said. */
  String told() {
    return "\n\nIts threads:\n%s\n\nThe end of its database's log:\n%s"
        .formatted(threads(), endOfDatabaseLog());
  }

  private String threads() {
    try {
      Path folder = Files.createTempDirectory("threads");
      Path dump = folder.resolve("dump.txt");
      Path answer = folder.resolve("answer.txt");
      Process jcmd =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                  Long.toString(pid),
                  "Thread.dump_to_file",
                  "-format=plain",
                  dump.toString())
              .redirectErrorStream(true)
              .redirectOutput(answer.toFile())
              .start();
      if (!jcmd.waitFor(20, TimeUnit.SECONDS)) {
        jcmd.destroyForcibly();
      }
      return Files.readString(Files.exists(dump) ? dump : answer);
    } catch (IOException e) {
      return e.toString();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return e.toString();
    }
  }

  private String endOfDatabaseLog() {
    Path log = dataFolder.resolve("postgres/server.log");
    if (!Files.exists(log)) {
      return "there is none";
    }
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
    } catch (IOException e) {
      return e.toString();
    }
  }
}
