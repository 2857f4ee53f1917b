package io.leverans.mail.mime;

import io.leverans.domain.message.Octets;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;

/**
 * A file in Base64 (RFC 2045 §6.8), encoded each time it is read. As Angus writes it, a last line
 * that is full ends, and one that is not does not.
 */
record EncodedFile(Octets file) implements Octets {
  private static final int LINE = 76;
  private static final int OCTETS_IN_LINE = LINE / 4 * 3;
  private static final int LINES_AT_ONCE = 256;
  private static final byte[] CRLF = {'\r', '\n'};

  @Override
  public long size() {
    long characters = charactersFor(file.size());
    return characters + characters / LINE * CRLF.length;
  }

  private static long charactersFor(long octets) {
    return (octets + 2) / 3 * 4;
  }

  @Override
  public InputStream open() throws IOException {
    return new Lines(file.open());
  }

  private static final class Lines extends InputStream {
    private final Base64.Encoder encoder = Base64.getMimeEncoder(LINE, CRLF);
    private final InputStream source;
    private byte[] encoded = {};
    private int next;

    Lines(InputStream source) {
      this.source = source;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      Objects.checkFromIndexSize(offset, length, target.length);
      if (length == 0) {
        return 0;
      }
      if (next == encoded.length && !encodeMore()) {
        return -1;
      }
      int given = Math.min(length, encoded.length - next);
      System.arraycopy(encoded, next, target, offset, given);
      next += given;
      return given;
    }

    /** The encoder puts line ends between lines only. */
    private boolean encodeMore() throws IOException {
      byte[] lines = source.readNBytes(OCTETS_IN_LINE * LINES_AT_ONCE);
      if (lines.length == 0) {
        return false;
      }
      byte[] bare = encoder.encode(lines);
      int lineEnd = charactersFor(lines.length) % LINE == 0 ? CRLF.length : 0;
      encoded = Arrays.copyOf(bare, bare.length + lineEnd);
      System.arraycopy(CRLF, 0, encoded, bare.length, lineEnd);
      next = 0;
      return true;
    }

    @Override
    public void close() throws IOException {
      source.close();
    }
  }
}
