package io.leverans.bootstrap.settings;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import io.leverans.application.port.provider.InvalidSettingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;

/** Reads settings as text: the configuration file (TOML), and over it the environment. */
public final class SettingSources {
  static final String PREFIX = "LEVERANS_";

  /** Read by the launcher, not by the service. */
  private static final Set<String> OF_THE_LAUNCHER =
      Set.of("LEVERANS_JAVA_HOME", "LEVERANS_JAVA_OPTS", "LEVERANS_LOG_LEVEL");

  private SettingSources() {}

  /**
   * All values that are set, by key.
   *
   * @throws InvalidFileException if the file is not TOML
   * @throws InvalidSettingException if a list in it holds more than plain values
   */
  public static SortedMap<String, String> read(Path file, Map<String, String> environment) {
    SortedMap<String, String> values = new TreeMap<>();
    if (Files.exists(file)) {
      flatten("", tree(file), values);
    }
    environment.forEach(
        (variable, value) -> {
          if (variable.startsWith(PREFIX) && !OF_THE_LAUNCHER.contains(variable)) {
            values.put(key(variable), value);
          }
        });
    return values;
  }

  private static JsonNode tree(Path file) {
    try {
      return new TomlMapper().readTree(file.toFile());
    } catch (JacksonException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      throw new InvalidFileException(file, line, "is not TOML: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the configuration file " + file, e);
    }
  }

  private static void flatten(String prefix, JsonNode node, Map<String, String> into) {
    node.properties()
        .forEach(
            entry -> {
              String key = prefix.isEmpty() ? entry.getKey() : prefix + "." + entry.getKey();
              JsonNode value = entry.getValue();
              if (value.isObject()) {
                flatten(key, value, into);
              } else {
                into.put(key, text(key, value));
              }
            });
  }

  private static String text(String key, JsonNode value) {
    if (!value.isArray()) {
      return value.asText();
    }
    StringJoiner items = new StringJoiner(",");
    for (JsonNode item : value) {
      if (item.isContainerNode()) {
        throw new InvalidSettingException(key, "a list may hold plain values only");
      }
      items.add(item.asText());
    }
    return items.toString();
  }

  /**
   * Settings of a kind of channel are not known here: LEVERANS_KIND_SOME_NAME is kind.some-name,
   * LEVERANS_KIND_PLATFORM_SOME_NAME is kind.platform.some-name, and LEVERANS_KIND_RETRY_SOME_NAME
   * is kind.retry.some-name.
   */
  private static String key(String variable) {
    return SettingKey.ofVariable(variable)
        .map(SettingKey::key)
        .orElseGet(
            () ->
                variable
                    .substring(PREFIX.length())
                    .toLowerCase(Locale.ROOT)
                    .replaceFirst("^([^_]+)_((?:platform|retry)_)?", "$1.$2")
                    .replaceFirst("\\.(platform|retry)_", ".$1.")
                    .replace('_', '-'));
  }
}
