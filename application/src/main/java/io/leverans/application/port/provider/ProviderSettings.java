package io.leverans.application.port.provider;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The deployment's settings for one kind of channel, as text, without the prefix of the kind. */
public record ProviderSettings(Map<String, String> values) {
  public ProviderSettings {
    values = Map.copyOf(values);
  }

  public Optional<String> find(String key) {
    return Optional.ofNullable(values.get(key)).map(String::strip).filter(text -> !text.isEmpty());
  }

  /**
   * A setting that must be there.
   *
   * @throws InvalidSettingException if it is not
   */
  public String require(String key) {
    return find(key).orElseThrow(() -> new InvalidSettingException(key, "is missing"));
  }

  /**
   * A whole number within bounds.
   *
   * @throws InvalidSettingException if it is something else
   */
  public int number(String key, int ifAbsent, int least, int most) {
    return find(key).map(text -> number(key, text, least, most)).orElse(ifAbsent);
  }

  /**
   * A time such as {@code PT30S} (ISO 8601) or {@code 30s}, {@code 5m}, {@code 2h}, {@code 2d}.
   *
   * @throws InvalidSettingException if it is something else
   */
  public Duration duration(String key, Duration ifAbsent) {
    return find(key).map(text -> duration(key, text)).orElse(ifAbsent);
  }

  /**
   * One of the constants of an enum, written in lower case with dashes.
   *
   * @throws InvalidSettingException if it is none of them
   */
  public <E extends Enum<E>> E choice(String key, E ifAbsent) {
    return find(key).map(text -> choice(key, text, ifAbsent.getDeclaringClass())).orElse(ifAbsent);
  }

  /** Names only: a value may be a secret. */
  @Override
  public String toString() {
    return "ProviderSettings" + values.keySet();
  }

  private static int number(String key, String text, int least, int most) {
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException _) {
      // told below, as for a number out of bounds
    }
    throw new InvalidSettingException(
        key, "'%s' is not a whole number from %d to %d".formatted(text, least, most));
  }

  private static Duration duration(String key, String text) {
    try {
      return DurationText.parse(text);
    } catch (IllegalArgumentException e) {
      throw new InvalidSettingException(key, String.valueOf(e.getMessage()));
    }
  }

  private static <E extends Enum<E>> E choice(String key, String text, Class<E> type) {
    for (E constant : type.getEnumConstants()) {
      if (written(constant).equals(text)) {
        return constant;
      }
    }
    String known =
        String.join(
            ", ", Arrays.stream(type.getEnumConstants()).map(ProviderSettings::written).toList());
    throw new InvalidSettingException(key, "'%s' is not one of %s".formatted(text, known));
  }

  private static String written(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
