package io.leverans.web.input;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;

/** Goes over a text that is to be Base64 (RFC 4648 §4); padding may be left out. */
final class Base64Check {
  private static final int GROUP = 4;
  private static final String CUT = "its end is cut off, or '=' stands where it may not";

  private final Reader reader;
  private final char[] buffer = new char[8 * 1024];
  private int filled;
  private int next;
  private long digits;
  private long padding;
  private boolean isMisplaced;

  private Base64Check(Reader reader) {
    this.reader = reader;
  }

  /**
   * How many octets it stands for.
   *
   * @throws IllegalArgumentException with what is wrong with it
   */
  static long octetsIn(Reader text) throws IOException {
    return new Base64Check(text).octets();
  }

  /** What is wrong with a text that cannot be decoded. */
  static String flaw(Reader text) {
    try {
      var _ = octetsIn(text);
      return CUT;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (IllegalArgumentException found) {
      return String.valueOf(found.getMessage());
    }
  }

  private long octets() throws IOException {
    for (int character = character(); character >= 0; character = character()) {
      if (character == '=') {
        padding++;
      } else if (isDigit(character)) {
        digits++;
        isMisplaced |= padding > 0;
      } else {
        throw new IllegalArgumentException(stranger(character));
      }
    }
    long last = digits % GROUP;
    boolean isWhole = last != 1 && (padding == 0 || (last > 0 && last + padding == GROUP));
    if (isMisplaced || !isWhole) {
      throw new IllegalArgumentException(CUT);
    }
    return digits / GROUP * 3 + Math.max(0, last - 1);
  }

  private String stranger(int character) throws IOException {
    int low = Character.isHighSurrogate((char) character) ? character() : -1;
    int codePoint =
        low >= 0 && Character.isLowSurrogate((char) low)
            ? Character.toCodePoint((char) character, (char) low)
            : character;
    return "character %d is U+%04X, which Base64 does not have"
        .formatted(digits + padding + 1, codePoint);
  }

  private int character() throws IOException {
    if (next == filled) {
      filled = Math.max(0, reader.read(buffer, 0, buffer.length));
      next = 0;
    }
    return filled == 0 ? -1 : buffer[next++];
  }

  private static boolean isDigit(int character) {
    return (character >= 'A' && character <= 'Z')
        || (character >= 'a' && character <= 'z')
        || (character >= '0' && character <= '9')
        || character == '+'
        || character == '/';
  }
}
