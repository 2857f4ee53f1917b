package io.leverans.bench.rig;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Lines, so many octets, and contents up to their final dot, out of a buffer of its own. */
final class LineInput {
  private static final byte[] END = "\r\n.\r\n".getBytes(ISO_8859_1);

  private final InputStream in;
  private final byte[] buffer = new byte[32 * 1024];
  private int next;
  private int end;

  LineInput(InputStream in) {
    this.in = in;
  }

  /** Whether something was read already and is not yet looked at. */
  boolean hasMore() {
    return next < end;
  }

  /** The next line without its end; empty when the other side has closed. */
  Optional<String> line() throws IOException {
    int scanned = next;
    while (true) {
      for (; scanned < end; scanned++) {
        if (buffer[scanned] == '\n') {
          int until = scanned > next && buffer[scanned - 1] == '\r' ? scanned - 1 : scanned;
          String line = new String(buffer, next, until - next, ISO_8859_1);
          next = scanned + 1;
          return Optional.of(line);
        }
      }
      int before = next;
      if (!more()) {
        return Optional.empty();
      }
      scanned -= before - next;
    }
  }

  /** Moves what is left to the front and reads on; whether there was something. */
  private boolean more() throws IOException {
    if (next > 0) {
      System.arraycopy(buffer, next, buffer, 0, end - next);
      end -= next;
      next = 0;
    }
    if (end == buffer.length) {
      throw new IOException("a line without end");
    }
    int read = in.read(buffer, end, buffer.length - end);
    end += Math.max(0, read);
    return read > 0;
  }

  /** So many, as text. */
  String octets(int length) throws IOException {
    var octets = new StringBuilder(length);
    while (octets.length() < length) {
      if (next == end && !more()) {
        throw new EOFException();
      }
      int taken = Math.min(end - next, length - octets.length());
      octets.append(new String(buffer, next, taken, ISO_8859_1));
      next += taken;
    }
    return octets.toString();
  }

  /** Reads over a content. */
  void skipContent() throws IOException {
    readContent(OutputTo.NOWHERE);
  }

  /** A content with its final dot. */
  String content() throws IOException {
    var content = new ByteArrayOutputStream();
    readContent(content::write);
    return content.toString(ISO_8859_1);
  }

  private interface OutputTo {
    OutputTo NOWHERE = (_, _, _) -> {};

    void write(byte[] bytes, int from, int length);
  }

  /** The content begins at the start of a line, as if one had just ended. */
  private void readContent(OutputTo to) throws IOException {
    int matched = 2;
    while (true) {
      if (next == end) {
        next = 0;
        end = Math.max(0, in.read(buffer));
        if (end == 0) {
          throw new EOFException();
        }
      }
      int from = next;
      while (next < end) {
        byte b = buffer[next++];
        if (b == END[matched]) {
          if (++matched == END.length) {
            to.write(buffer, from, next - from);
            return;
          }
        } else {
          matched = b == '\r' ? 1 : 0;
        }
      }
      to.write(buffer, from, end - from);
    }
  }
}
