package io.leverans.bootstrap.settings;

import io.leverans.application.port.provider.InvalidSettingException;
import io.leverans.application.port.provider.ProviderSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where the keyset comes from that guards the secrets stored in the database. */
public sealed interface KeysetSource {
  /** What the settings say: one place, or a file among the data. */
  static KeysetSource read(ProviderSettings settings, Path dataFolder) {
    Optional<String> value = settings.find(SettingKey.SECRETS_KEYSET.key());
    Optional<String> command = settings.find(SettingKey.SECRETS_KEYSET_COMMAND.key());
    Optional<String> file = settings.find(SettingKey.SECRETS_KEYSET_FILE.key());
    if (Stream.of(value, command, file).filter(Optional::isPresent).count() > 1) {
      throw new InvalidSettingException(
          SettingKey.SECRETS_KEYSET.key(),
          "stands beside secrets.keyset-command or secrets.keyset-file; the keyset comes from one"
              + " place, so set one of them");
    }
    return value
        .<KeysetSource>map(Value::new)
        .or(() -> command.map(line -> new Command(List.of(line.split("\\s+")))))
        .orElseGet(
            () ->
                new File(
                    file.map(Path::of)
                        .orElseGet(() -> dataFolder.resolve("keys").resolve("secrets.json"))));
  }

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
