package io.leverans.web.channel;

import io.leverans.web.input.JsonField;
import io.leverans.web.input.JsonFields;
import io.leverans.web.problem.ProblemType;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The field settings: an object of what was filled in. Which names and values it may have is for
 * the kind's provider to say. No value ever stands in what is found: it may be a secret.
 */
public record SettingsField(JsonField field) {
  private static final int MAX_SETTINGS = 100;
  private static final int MAX_NAME = 64;
  private static final int MAX_VALUE = 100_000;

  /** What was filled in on a form: what was left empty was not. */
  public static Map<String, String> filledIn(JsonFields fields) {
    Map<String, String> settings = new HashMap<>(changed(fields));
    settings.values().removeIf(String::isEmpty);
    return settings;
  }

  /** What is to be changed; an empty text, or null, takes a setting away. */
  public static Map<String, String> changed(JsonFields fields) {
    return fields.find("settings").map(field -> new SettingsField(field).read()).orElse(Map.of());
  }

  /** What was filled in; an empty text for null. */
  private Map<String, String> read() {
    Optional<JsonFields> object = field.object();
    if (object.isEmpty()) {
      return Map.of();
    }
    if (object.get().size() > MAX_SETTINGS) {
      field
          .findings()
          .add(
              ProblemType.OVER_LIMIT,
              field.at(),
              "There are at most %d settings; here are %d."
                  .formatted(MAX_SETTINGS, object.get().size()));
      return Map.of();
    }
    Map<String, String> settings = new HashMap<>();
    for (String name : object.get().names()) {
      read(name, object.get()).ifPresent(value -> settings.put(name, value));
    }
    return settings;
  }

  private Optional<String> read(String name, JsonFields object) {
    if (name.isEmpty() || name.length() > MAX_NAME) {
      field
          .findings()
          .add(
              ProblemType.INVALID_FIELD,
              field.at(),
              "A setting's name has 1 to %d characters; one here has %d."
                  .formatted(MAX_NAME, name.length()));
      return Optional.empty();
    }
    JsonField setting = object.get(name);
    return setting.value().isNull() ? Optional.of("") : value(setting);
  }

  private static Optional<String> value(JsonField setting) {
    Optional<String> value = setting.looseText();
    if (value.isPresent() && value.get().length() > MAX_VALUE) {
      setting
          .findings()
          .add(
              ProblemType.INVALID_FIELD,
              setting.at(),
              "A setting has at most %d characters; this one has %d."
                  .formatted(MAX_VALUE, value.get().length()));
      return Optional.empty();
    }
    return value;
  }
}
