package io.leverans.mail.mime;

import io.leverans.domain.message.Octets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a composer writes. Files are not written into it but stay where they are, so that a message
 * of any size takes little memory; one that is small anyhow is written out, which saves encoding
 * its files each time it is read.
 */
final class Draft extends OutputStream {
  private static final int WRITTEN_OUT = 256 * 1024;

  private final Lines lines = new Lines();
  private final List<Octets> pieces = new ArrayList<>();

  @Override
  public void write(int octet) {
    lines.write(octet);
  }

  @Override
  public void write(byte[] octets, int offset, int length) {
    lines.write(octets, offset, length);
  }

  /** Puts a file here, encoded: between lines. */
  void insert(Octets file) {
    pieces.add(lines.toOctets());
    pieces.add(new EncodedFile(file));
    lines.reset();
  }

  /**
   * All of it.
   *
   * @throws IOException if a file of a small message cannot be read
   */
  Octets toOctets() throws IOException {
    lines.end();
    Octets last = lines.toOctets();
    Octets whole =
        pieces.reversed().stream().reduce(last, (after, before) -> before.followedBy(after));
    return pieces.isEmpty() || whole.size() > WRITTEN_OUT ? whole : Octets.of(whole.toArray());
  }

  /** Hands out what was written without copying it once more. */
  private static final class Lines extends ByteArrayOutputStream {
    void end() {
      if (count == 0 || buf[count - 1] != '\n') {
        writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
      }
    }

    Octets toOctets() {
      SevenBitWall.check(buf, count);
      return Octets.of(toByteArray());
    }
  }
}
