package io.leverans.mail.msc;

import io.leverans.application.port.provider.InvalidSettingException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as settings write them: {@code 10MB}, {@code 512 KB}, {@code 1000}. */
final class OctetCount {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,9}) ?(b|kb|mb)?");
  private static final long KILO = 1024;

  private OctetCount() {}

  /**
   * Reads a setting.
   *
   * @throws InvalidSettingException if it is something else, or out of bounds
   */
  static int parse(String key, String text, int least, int most) {
    Matcher matcher = TEXT.matcher(text.toLowerCase(Locale.ROOT));
    if (matcher.matches()) {
      long unit =
          switch (matcher.group(2)) {
            case "kb" -> KILO;
            case "mb" -> KILO * KILO;
            case null, default -> 1;
          };
      long octets = Long.parseLong(matcher.group(1)) * unit;
      if (octets >= least && octets <= most) {
        return (int) octets;
      }
    }
    throw new InvalidSettingException(
        key, "'%s' is not a size such as 10MB, from %d to %d octets".formatted(text, least, most));
  }
}
