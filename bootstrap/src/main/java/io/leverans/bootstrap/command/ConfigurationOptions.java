package io.leverans.bootstrap.command;

import io.leverans.bootstrap.settings.SettingSources;
import io.leverans.bootstrap.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where a command's settings come from. */
final class ConfigurationOptions {
  private static final Path USUAL_FILE = Path.of("leverans.toml");

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "Configuration file (TOML). Default: leverans.toml, if there is one.")
  private Optional<Path> file = Optional.empty();

  @Option(
      names = {"-s", "--set"},
      paramLabel = "KEY=VALUE",
      description = "Set one setting, over the file and the environment. Can be repeated.")
  private Map<String, String> values = new LinkedHashMap<>();

  Settings settings() {
    SortedMap<String, String> all =
        SettingSources.read(file.map(this::existing).orElse(USUAL_FILE), System.getenv());
    all.putAll(values);
    return Settings.of(all);
  }

  private Path existing(Path named) {
    if (!Files.isReadable(named)) {
      throw new ParameterException(
          spec.commandLine(), "The configuration file " + named + " cannot be read.");
    }
    return named;
  }
}
