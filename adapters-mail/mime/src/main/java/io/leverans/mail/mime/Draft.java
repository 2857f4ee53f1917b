package io.leverans.mail.mime;

import io.leverans.domain.message.Octets;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
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

  /** As a {@code ByteArrayOutputStream}, without its lock for each octet: encoders write singly. */
  private static final class Lines {
    private static final byte[] LINE_END = {'\r', '\n'};

    private byte[] octets = new byte[8 * 1024];
    private int count;

    void write(int octet) {
      makeRoom(1);
      octets[count++] = (byte) octet;
    }

    void write(byte[] more, int offset, int length) {
      makeRoom(length);
      System.arraycopy(more, offset, octets, count, length);
      count += length;
    }

    private void makeRoom(int length) {
      if (length > octets.length - count) {
        octets = Arrays.copyOf(octets, Math.max(Math.addExact(count, length), 2 * octets.length));
      }
    }

    void end() {
      if (count == 0 || octets[count - 1] != '\n') {
        write(LINE_END, 0, LINE_END.length);
      }
    }

    void reset() {
      count = 0;
    }

    Octets toOctets() {
      SevenBitWall.check(octets, count);
      return Octets.of(Arrays.copyOf(octets, count));
    }
  }
}
