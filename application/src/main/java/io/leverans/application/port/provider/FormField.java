package io.leverans.application.port.provider;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Something to fill in when a channel is connected.
 *
 * @param name as in the settings of the request
 * @param label as on a page
 * @param help a sentence or two for the person who fills it in
 * @param fallback what holds if it is left empty, where that is one value
 */
public record FormField(
    String name,
    String label,
    String help,
    Type type,
    Need need,
    Visibility visibility,
    Optional<String> fallback) {
  public FormField {
    Objects.requireNonNull(name);
    Objects.requireNonNull(label);
    Objects.requireNonNull(help);
    Objects.requireNonNull(type);
    Objects.requireNonNull(need);
    Objects.requireNonNull(visibility);
    Objects.requireNonNull(fallback);
  }

  /** What can be filled in. */
  public sealed interface Type {
    /** One line. */
    record Line() implements Type {}

    /** Several lines, such as a certificate. */
    record Lines() implements Type {}

    /** A whole number within bounds, both included. */
    record WholeNumber(int least, int most) implements Type {}

    /** One of these. */
    record Choice(List<Option> options) implements Type {
      public Choice {
        options = List.copyOf(options);
      }
    }
  }

  /** One of the values to choose from, with its name for a person. */
  public record Option(String value, String label) {}

  /** Whether it can be left empty. */
  public enum Need {
    REQUIRED,
    OPTIONAL
  }

  /** Whether it is ever shown again. */
  public enum Visibility {
    OPEN,
    SECRET
  }
}
