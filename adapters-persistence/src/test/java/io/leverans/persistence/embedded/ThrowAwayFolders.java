package io.leverans.persistence.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Folders for tests, under the module's {@code target}, with PostgreSQL's programs shared. */
final class ThrowAwayFolders {
  private static final Path ROOT = Path.of("target", "postgresql").toAbsolutePath();

  private ThrowAwayFolders() {}

  static Path binaries() {
    return ROOT.resolve("binaries");
  }

  static Path create() {
    try {
      Files.createDirectories(ROOT);
      return Files.createTempDirectory(ROOT, "data-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void delete(Path folder) {
    try {
      Folders.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
