package io.leverans.application.port.provider;

import java.util.Map;
import java.util.Objects;

/**
 * What to fill in for a well-known server.
 *
 * @param name to name it by
 * @param title for a person
 * @param values names of fields and what to put there
 * @param note what a person has to know, empty if nothing
 * @param source where this is documented
 */
public record Preset(
    String name, String title, Map<String, String> values, String note, String source) {
  public Preset {
    Objects.requireNonNull(name);
    Objects.requireNonNull(title);
    values = Map.copyOf(values);
    Objects.requireNonNull(note);
    Objects.requireNonNull(source);
  }
}
