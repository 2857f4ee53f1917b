package io.leverans.bootstrap.settings;

import java.io.Serial;
import java.nio.file.Path;

/** A configuration file that is not TOML. It stops the start. */
public final class InvalidFileException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  InvalidFileException(Path file, int line, String problem) {
    super("configuration file %s, line %d: %s".formatted(file, line, problem));
  }
}
