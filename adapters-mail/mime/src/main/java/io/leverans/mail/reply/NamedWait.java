package io.leverans.mail.reply;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** How long a reply asks to be left alone. */
public final class NamedWait {
  private static final int LONGEST_TEXT = 2000;
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final Pattern WAIT =
      Pattern.compile(
          "(?:again|retry|resend|wait|come back|delayed?|expires?|greylist\\w*)\\D{0,40}?"
              + "(?:(\\d{1,2}):(\\d{2}):(\\d{2})"
              + "|(\\d{1,6}) ?(s|m|h)(?:ec|in|r|econds?|inutes?|ours?|ecs?|ins?|rs?)?\\b"
              + "(?:(?: and|,)? (\\d{1,2}) ?s(?:ec|econds?)?\\b)?)",
          Pattern.CASE_INSENSITIVE);

  private NamedWait() {}

  /** As in "try again in 300 seconds" or "come back in 00:05:00"; at most a day. */
  public static Optional<Duration> in(String text) {
    String cut = text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text;
    return WAIT.matcher(cut)
        .results()
        .map(NamedWait::named)
        .filter(Duration::isPositive)
        .findFirst()
        .map(wait -> wait.compareTo(LONGEST) > 0 ? LONGEST : wait);
  }

  private static Duration named(MatchResult match) {
    if (match.group(1) != null) {
      return Duration.ofHours(number(match, 1))
          .plusMinutes(number(match, 2))
          .plusSeconds(number(match, 3));
    }
    long count = number(match, 4);
    Duration main =
        switch (match.group(5).toLowerCase(Locale.ROOT)) {
          case "h" -> Duration.ofHours(count);
          case "m" -> Duration.ofMinutes(count);
          default -> Duration.ofSeconds(count);
        };
    return match.group(6) == null ? main : main.plusSeconds(number(match, 6));
  }

  private static long number(MatchResult match, int group) {
    return Long.parseLong(match.group(group));
  }
}
