package io.leverans.mail.simulator;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A mail in the making: lines that end with CR LF, and bytes taken over as they are. */
final class ReportText {
  private static final int LINE = 76;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  ReportText line(String line) {
    out.writeBytes(line.getBytes(StandardCharsets.UTF_8));
    return emptyLine();
  }

  /** Lines that are written one below the other; a line feed in the text ends a line. */
  ReportText lines(String text) {
    text.lines().forEach(this::line);
    return this;
  }

  ReportText emptyLine() {
    out.write('\r');
    out.write('\n');
    return this;
  }

  /** A header field, folded at its spaces. */
  ReportText field(String name, String value) {
    String[] words = value.split(" ", -1);
    var line = new StringBuilder(name).append(": ").append(words[0]);
    for (int i = 1; i < words.length; i++) {
      if (line.length() + words[i].length() >= LINE) {
        line(line.toString());
        line.setLength(0);
      }
      line.append(' ').append(words[i]);
    }
    return line(line.toString());
  }

  /** Text in base64, in lines. */
  ReportText base64(String text) {
    byte[] bytes = text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
    return line(Base64.getMimeEncoder().encodeToString(bytes));
  }

  /** Bytes as they are, and a line end if they have none. */
  ReportText bytes(byte[] bytes) {
    out.writeBytes(bytes);
    boolean ended = bytes.length > 0 && bytes[bytes.length - 1] == '\n';
    return ended ? this : emptyLine();
  }

  byte[] toBytes() {
    return out.toByteArray();
  }
}
