package io.leverans.mail.msc;

import io.leverans.application.port.provider.InvalidSettingException;
import io.leverans.domain.channel.Limit;
import io.leverans.domain.channel.Limit.Counted;
import io.leverans.domain.channel.Limit.Scope;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Servers and sender domains that nobody has heard of yet send little to each destination at first,
 * and twice as much on each further day: what comes all at once from somebody unknown is taken for
 * spam.
 *
 * @param since the first day, in UTC
 */
record WarmUp(LocalDate since) {
  private static final int FIRST_DAY = 50;
  private static final int DAYS = 12;

  /**
   * Reads the first day, such as {@code 2026-11-29}.
   *
   * @throws InvalidSettingException if it is something else
   */
  static WarmUp parse(String key, String text) {
    try {
      return new WarmUp(LocalDate.parse(text));
    } catch (DateTimeParseException _) {
      throw new InvalidSettingException(key, "'" + text + "' is not a day such as 2026-11-29");
    }
  }

  /**
   * What may go to a destination in a day, at that time; nothing once it is over.
   *
   * @param source where it is set
   */
  Optional<Limit> limitAt(Instant time, String source) {
    long days = Math.max(0, ChronoUnit.DAYS.between(since, time.atZone(ZoneOffset.UTC)));
    return days >= DAYS
        ? Optional.empty()
        : Optional.of(
            new Limit(
                FIRST_DAY << days,
                Counted.MESSAGES,
                Duration.ofDays(1),
                Scope.DESTINATION,
                "%s: day %d of %d".formatted(source, days + 1, DAYS)));
  }
}
