package io.leverans.bootstrap.settings;

import io.leverans.application.port.out.KeptMail.Part;
import io.leverans.application.port.provider.DurationText;
import io.leverans.application.port.provider.InvalidSettingException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** How long each part of mail is kept, as it is written. */
final class Retention {
  private static final String NO_END = "forever";

  /** Less is a slip of the pen: nobody could look into today's mail. */
  private static final Duration SHORTEST = Duration.ofDays(1);

  /** Far within what the database's times reach back to. */
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private static final String REMEDY = "; write 1d or more, such as 90d, or forever to keep them";

  private Retention() {}

  /**
   * Those that have an end.
   *
   * @param text what is set, or the default
   * @throws InvalidSettingException if it is neither a time that makes sense nor {@code forever}
   */
  static Map<Part, Duration> read(Function<SettingKey, String> text) {
    Map<Part, Duration> ages = new EnumMap<>(Part.class);
    for (Part part : Part.values()) {
      SettingKey key = keyOf(part);
      age(key, text.apply(key)).ifPresent(age -> ages.put(part, age));
    }
    return ages;
  }

  private static SettingKey keyOf(Part part) {
    return switch (part) {
      case TRANSCRIPTS -> SettingKey.RETENTION_TRANSCRIPTS;
      case BODIES -> SettingKey.RETENTION_BODIES;
      case REPORTS -> SettingKey.RETENTION_REPORTS;
      case ENDED -> SettingKey.RETENTION_ENDED;
    };
  }

  private static Optional<Duration> age(SettingKey key, String text) {
    if (text.equals(NO_END)) {
      return Optional.empty();
    }
    Duration age;
    try {
      age = DurationText.parse(text);
    } catch (IllegalArgumentException e) {
      throw new InvalidSettingException(key.key(), e.getMessage() + REMEDY);
    }
    if (age.compareTo(SHORTEST) < 0) {
      throw new InvalidSettingException(key.key(), "'" + text + "' is too short" + REMEDY);
    }
    if (age.compareTo(LONGEST) > 0) {
      throw new InvalidSettingException(key.key(), "'" + text + "' is too long" + REMEDY);
    }
    return Optional.of(age);
  }
}
