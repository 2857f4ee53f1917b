package io.leverans.mail.mime;

/**
 * The last look at composed bytes: what a server might read in two ways never leaves (SMTP
 * smuggling; RFC 5321 §2.3.8, §4.5.3.1.6).
 */
final class SevenBitWall {
  private static final int LONGEST_LINE = 998;

  private SevenBitWall() {}

  /**
   * @throws IllegalStateException if there is an octet beyond ASCII, a NUL, a CR or LF by itself or
   *     an overlong line, or if the last line does not end
   */
  static void check(byte[] octets, int length) {
    int begin = 0;
    for (int i = 0; i < length; i++) {
      byte octet = octets[i];
      if (octet > '\r') {
        continue;
      }
      require(octet > 0, "an octet beyond ASCII, or NUL");
      require(octet != '\n', "an LF by itself");
      if (octet == '\r') {
        require(i + 1 < length && octets[i + 1] == '\n', "a CR by itself");
        require(i - begin <= LONGEST_LINE, "a line over 998 octets");
        i++;
        begin = i + 1;
      }
    }
    require(length > 0 && begin == length, "a last line without end");
  }

  private static void require(boolean held, String otherwise) {
    if (!held) {
      throw new IllegalStateException("a message was composed with " + otherwise);
    }
  }
}
