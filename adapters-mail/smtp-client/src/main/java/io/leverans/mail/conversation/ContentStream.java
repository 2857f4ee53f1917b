package io.leverans.mail.conversation;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes a message as DATA wants it: a dot before a dot at the start of a line (RFC 5321 §4.5.2),
 * and CRLF at its end. A CR or LF by itself is refused and not mended: servers that disagree on
 * whether it ends a line can be made to see two messages in one (SMTP smuggling).
 */
final class ContentStream {
  private static final int BUFFER = 16 * 1024;
  private static final byte[] DOT = {'.'};
  private static final byte[] LINE_END = {'\r', '\n'};

  private final OutputStream out;
  private final byte[] buffer = new byte[BUFFER];
  private int filled;
  private byte last = '\n';

  ContentStream(OutputStream out) {
    this.out = out;
  }

  void write(byte[] octets, int length) throws IOException, BareLineBreakException {
    int begin = 0;
    byte before = last;
    for (int i = 0; i < length; i++) {
      byte octet = octets[i];
      if ((octet == '\n') != (before == '\r')) {
        throw new BareLineBreakException();
      }
      if (octet == '.' && before == '\n') {
        put(octets, begin, i);
        put(DOT, 0, 1);
        begin = i;
      }
      before = octet;
    }
    last = before;
    put(octets, begin, length);
  }

  /** Ends the last line and sends all of it on its way, but for the final dot. */
  void finish() throws IOException, BareLineBreakException {
    if (last == '\r') {
      throw new BareLineBreakException();
    }
    if (last != '\n') {
      put(LINE_END, 0, LINE_END.length);
    }
    flush();
    out.flush();
  }

  private void put(byte[] octets, int begin, int end) throws IOException {
    int from = begin;
    while (from < end) {
      if (filled == BUFFER) {
        flush();
      }
      int some = Math.min(end - from, BUFFER - filled);
      System.arraycopy(octets, from, buffer, filled, some);
      filled += some;
      from += some;
    }
  }

  private void flush() throws IOException {
    out.write(buffer, 0, filled);
    filled = 0;
  }

  /** The message holds a CR without LF, or an LF without CR. */
  static final class BareLineBreakException extends Exception {
    private static final long serialVersionUID = 1L;
  }
}
