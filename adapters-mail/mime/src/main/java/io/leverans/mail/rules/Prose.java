package io.leverans.mail.rules;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A text as {@link Phrases} look at it: in lower case, with single blanks, plain quotes, and
 * without mail addresses, since {@code spam@example.org} says nothing about spam.
 */
public final class Prose {
  private static final int LONGEST = 2500;
  private static final int LONGEST_LOCAL_PART = 100;
  private static final Pattern LINE_START = Pattern.compile("\\R(?:\\d{3}[- ])?");

  private final String text;

  private Prose(String text) {
    this.text = text;
  }

  /** Takes a text of which the first {@value #LONGEST} characters count. */
  public static Prose of(String text) {
    String cut = beginning(text);
    String oneLine =
        cut.indexOf('\n') >= 0 || cut.indexOf('\r') >= 0
            ? LINE_START.matcher(cut).replaceAll(" ")
            : cut;
    return new Prose(squeezed(withoutAddresses(oneLine.toLowerCase(Locale.ROOT))));
  }

  /** Addresses stay in it. */
  public static Prose verbatim(String text) {
    return new Prose(squeezed(beginning(text).toLowerCase(Locale.ROOT)));
  }

  private static String beginning(String text) {
    return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
  }

  String text() {
    return text;
  }

  private static String withoutAddresses(String text) {
    int at = text.indexOf('@');
    if (at < 0) {
      return text;
    }
    StringBuilder rest = new StringBuilder(text.length());
    int copied = 0;
    for (; at >= 0; at = text.indexOf('@', at + 1)) {
      int start = at;
      while (start > copied && at - start < LONGEST_LOCAL_PART && isAtom(text.charAt(start - 1))) {
        start--;
      }
      int end = at + 1;
      while (end < text.length() && isDomain(text.charAt(end))) {
        end++;
      }
      if (start < at && end > at + 1) {
        rest.append(text, copied, start).append('@');
        copied = end;
        at = end - 1;
      }
    }
    return rest.append(text, copied, text.length()).toString();
  }

  private static boolean isAtom(char c) {
    return Character.isLetterOrDigit(c) || "!#$%&'*+-/=?^_`{|}~.".indexOf(c) >= 0;
  }

  private static boolean isDomain(char c) {
    return Character.isLetterOrDigit(c) || c == '-' || c == '.';
  }

  private static String squeezed(String text) {
    StringBuilder squeezed = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = plain(text.charAt(i));
      boolean blankAgain =
          c == ' ' && (squeezed.isEmpty() || squeezed.charAt(squeezed.length() - 1) == ' ');
      if (!blankAgain) {
        squeezed.append(c);
      }
    }
    return squeezed.toString();
  }

  private static char plain(char c) {
    return switch (c) {
      case '\u2018', '\u2019', '\u00b4', '`' -> '\'';
      case '\u00a0' -> ' ';
      default -> Character.isWhitespace(c) ? ' ' : c;
    };
  }
}
