package io.leverans.mail.mime;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A text as mail has it before it is encoded: in UTF-8, each line ended by CRLF, also the last (RFC
 * 2046 §4.1.1).
 */
final class CanonicalLines {
  private final byte[] text;
  private final byte[] lines;
  private int count;

  private CanonicalLines(byte[] text) {
    this.text = text;
    this.lines = new byte[2 * text.length + 2];
  }

  /** Takes CR, LF and CRLF for the end of a line. */
  static byte[] of(String text) {
    var canonical = new CanonicalLines(text.getBytes(StandardCharsets.UTF_8));
    canonical.write();
    return Arrays.copyOf(canonical.lines, canonical.count);
  }

  private void write() {
    int begin = 0;
    for (int i = 0; i < text.length; i++) {
      if (text[i] == '\n' || text[i] == '\r') {
        endLine(begin, i);
        if (text[i] == '\r' && i + 1 < text.length && text[i + 1] == '\n') {
          i++;
        }
        begin = i + 1;
      }
    }
    if (begin < text.length || text.length == 0) {
      endLine(begin, text.length);
    }
  }

  private void endLine(int begin, int end) {
    System.arraycopy(text, begin, lines, count, end - begin);
    count += end - begin;
    lines[count++] = '\r';
    lines[count++] = '\n';
  }
}
