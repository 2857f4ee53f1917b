package io.leverans.mail.report;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** Undoes transfer encodings (RFC 2045 §6), as far as damaged ones can be undone. */
final class Encodings {
  private static final int GROUP = 4;
  private static final int HEX = 16;

  private Encodings() {}

  /** The octets, one in each character; as they are for an encoding that is none of the two. */
  static String undone(String body, String encoding) {
    return switch (encoding) {
      case "base64" -> base64(body);
      case "quoted-printable" -> quotedPrintable(body);
      default -> body;
    };
  }

  /** What is no base64 is passed over; what is no whole group at the end is left out. */
  private static String base64(String body) {
    byte[] digits = new byte[body.length()];
    int count = 0;
    for (int i = 0; i < body.length(); i++) {
      char c = body.charAt(i);
      if (isBase64(c)) {
        digits[count++] = (byte) c;
      }
    }
    int whole = count % GROUP == 1 ? count - 1 : count;
    byte[] octets = Base64.getDecoder().decode(Arrays.copyOf(digits, whole));
    return new String(octets, StandardCharsets.ISO_8859_1);
  }

  private static boolean isBase64(char c) {
    return (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || c == '+'
        || c == '/';
  }

  private static String quotedPrintable(String body) {
    StringBuilder octets = new StringBuilder(body.length());
    int i = 0;
    while (i < body.length()) {
      char c = body.charAt(i);
      int softBreak = c == '=' ? endOfSoftBreak(body, i + 1) : -1;
      int octet = c == '=' && softBreak < 0 ? octet(body, i + 1) : -1;
      if (softBreak >= 0) {
        i = softBreak;
      } else if (octet >= 0) {
        octets.append((char) octet);
        i += 3;
      } else {
        octets.append(c);
        i++;
      }
    }
    return octets.toString();
  }

  /** Behind the line end that follows, or -1 if something else does. */
  private static int endOfSoftBreak(String body, int from) {
    int i = from;
    while (i < body.length() && (body.charAt(i) == ' ' || body.charAt(i) == '\t')) {
      i++;
    }
    if (i < body.length() && body.charAt(i) == '\r') {
      i++;
    }
    return i < body.length() && body.charAt(i) == '\n' ? i + 1 : -1;
  }

  private static int octet(String body, int from) {
    if (from + 2 > body.length()) {
      return -1;
    }
    int high = Character.digit(body.charAt(from), HEX);
    int low = Character.digit(body.charAt(from + 1), HEX);
    return high < 0 || low < 0 ? -1 : high * HEX + low;
  }
}
