package io.leverans.mail.simulator;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Looks into the bytes of a message without parsing the whole of it. */
final class RawMail {
  private RawMail() {}

  /** The header section without the empty line that ends it. */
  static byte[] header(byte[] mail) {
    return Arrays.copyOf(mail, headerLength(mail, mail.length));
  }

  /** The first field of this name, unfolded; bytes above 127 are read as UTF-8. */
  static Optional<String> header(byte[] mail, int length, String name) {
    int end = headerLength(mail, length);
    int line = 0;
    while (line < end) {
      int next = nextLine(mail, line, end);
      if (startsWith(mail, line, end, name)) {
        while (next < end && (mail[next] == ' ' || mail[next] == '\t')) {
          next = nextLine(mail, next, end);
        }
        int start = line + name.length() + 1;
        String value = new String(mail, start, next - start, StandardCharsets.UTF_8);
        return Optional.of(value.replace("\r", "").replace("\n", "").strip());
      }
      line = next;
    }
    return Optional.empty();
  }

  static Optional<String> header(byte[] mail, String name) {
    return header(mail, mail.length, name);
  }

  static boolean isAscii(byte[] bytes) {
    for (byte b : bytes) {
      if (b < 0) {
        return false;
      }
    }
    return true;
  }

  private static int headerLength(byte[] mail, int length) {
    int line = 0;
    while (line < length) {
      if (mail[line] == '\r' && line + 1 < length && mail[line + 1] == '\n') {
        return line;
      }
      line = nextLine(mail, line, length);
    }
    return length;
  }

  private static int nextLine(byte[] mail, int from, int end) {
    for (int at = from; at < end; at++) {
      if (mail[at] == '\n' && at > from && mail[at - 1] == '\r') {
        return at + 1;
      }
    }
    return end;
  }

  private static boolean startsWith(byte[] mail, int from, int end, String name) {
    int colon = from + name.length();
    if (colon >= end || mail[colon] != ':') {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      int here = mail[from + i];
      int wanted = name.charAt(i);
      if (here != wanted && Character.toLowerCase(here) != Character.toLowerCase(wanted)) {
        return false;
      }
    }
    return true;
  }
}
