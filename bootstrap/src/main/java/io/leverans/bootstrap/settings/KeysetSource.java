package io.leverans.bootstrap.settings;

import java.nio.file.Path;
import java.util.List;

/** Where the keyset comes from that guards the secrets stored in the database. */
public sealed interface KeysetSource {
  /** A file, made if there is none. */
  record File(Path path) implements KeysetSource {}

  /** The setting itself. */
  record Value(String keyset) implements KeysetSource {
    @Override
    public String toString() {
      return "Value[********]";
    }
  }

  /** What a program prints. */
  record Command(List<String> line) implements KeysetSource {
    public Command {
      line = List.copyOf(line);
    }
  }
}
