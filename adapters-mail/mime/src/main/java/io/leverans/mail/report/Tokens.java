package io.leverans.mail.report;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds texts that have the shape of our return path's local part. */
final class Tokens {
  private static final int MOST = 32;
  private static final int LENGTH = 55;
  private static final String ENCODED_DOT = "2e";
  private static final Pattern SOFT_BREAK = Pattern.compile("=[ \t]*\r?\n");

  private final Set<String> found = new LinkedHashSet<>();

  /** Also across the soft line breaks of quoted-printable (RFC 2045 §6.7). */
  void lookInto(String text) {
    collect(text);
    if (text.contains("=\n") || text.contains("=\r") || text.contains("= ")) {
      collect(SOFT_BREAK.matcher(text).replaceAll(""));
    }
  }

  /**
   * A token has as many base32 characters in a row as {@link #LENGTH}, so one in so many is looked
   * at, and where it is such a character, those around it.
   */
  private void collect(String text) {
    int at = LENGTH - 1;
    while (at < text.length() && found.size() < MOST) {
      if (!isBase32(text.charAt(at))) {
        at += LENGTH;
        continue;
      }
      int start = at;
      while (start > 0 && isBase32(text.charAt(start - 1))) {
        start--;
      }
      int end = at + 1;
      while (end < text.length() && isBase32(text.charAt(end))) {
        end++;
      }
      int token = text.regionMatches(true, start, ENCODED_DOT, 0, 2) ? start + 2 : start;
      if (end - start >= LENGTH && precedes(text, start, '.')) {
        add(text, start);
      } else if (end - token >= LENGTH
          && (precedes(text, start, '%') || precedes(text, start, '='))) {
        add(text, token);
      }
      at = end + LENGTH;
    }
  }

  private void add(String text, int start) {
    found.add("b." + text.substring(start, start + LENGTH).toLowerCase(Locale.ROOT));
  }

  private static boolean precedes(String text, int start, char dot) {
    return start >= 2
        && text.charAt(start - 1) == dot
        && Character.toLowerCase(text.charAt(start - 2)) == 'b';
  }

  private static boolean isBase32(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '2' && c <= '7');
  }

  List<String> all() {
    return List.copyOf(found);
  }
}
