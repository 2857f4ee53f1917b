package io.leverans.persistence.embedded;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The file that PostgreSQL writes its log to. */
record ServerLog(Path file) {
  private static final long ROTATE_AT_BYTES = 10L << 20;
  private static final int LAST_LINES = 15;

  /** Keeps the log and the one before it, each up to 10 MB at its last start. */
  void rotate() throws IOException {
    if (Files.exists(file) && Files.size(file) > ROTATE_AT_BYTES) {
      Files.move(
          file,
          file.resolveSibling(file.getFileName() + ".1"),
          StandardCopyOption.REPLACE_EXISTING);
    }
  }

  String lastLines() {
    try {
      List<String> lines = Files.readAllLines(file, ISO_8859_1);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    } catch (IOException e) {
      return "(it cannot be read: " + e + ")";
    }
  }
}
