package io.leverans.web.input;

import io.leverans.domain.message.Octets;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;

/**
 * A text in Base64 (RFC 4648 §4) that was left in its file: checked once, and decoded each time it
 * is read.
 */
record Base64Text(LeftText text, long size) implements Octets {
  private static final int CHARACTERS_AT_ONCE = 32 * 1024;

  /**
   * What a text stands for.
   *
   * @throws IllegalArgumentException with what is wrong with it
   */
  static Octets octets(String text) {
    try {
      return Octets.of(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(Base64Check.flaw(new StringReader(text)), e);
    }
  }

  /**
   * What a text stands for that was left in its file.
   *
   * @throws IllegalArgumentException with what is wrong with it
   */
  static Octets octets(LeftText text) {
    try (Reader reader = text.reader()) {
      return new Base64Text(text, Base64Check.octetsIn(reader));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public InputStream open() {
    return new Decoded(text.reader());
  }

  private static final class Decoded extends InputStream {
    private final Reader source;
    private final char[] characters = new char[CHARACTERS_AT_ONCE];
    private byte[] octets = {};
    private int next;

    Decoded(Reader source) {
      this.source = source;
    }

    @Override
    public int read() throws IOException {
      return isAtEnd() ? -1 : Byte.toUnsignedInt(octets[next++]);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      Objects.checkFromIndexSize(offset, length, target.length);
      if (length == 0) {
        return 0;
      }
      if (isAtEnd()) {
        return -1;
      }
      int given = Math.min(length, octets.length - next);
      System.arraycopy(octets, next, target, offset, given);
      next += given;
      return given;
    }

    /** Whole groups of four until the last: that is how much the reader gives at once. */
    private boolean isAtEnd() throws IOException {
      if (next < octets.length) {
        return false;
      }
      int read = source.read(characters, 0, characters.length);
      if (read < 0) {
        return true;
      }
      String group = new String(characters, 0, read);
      octets = Base64.getDecoder().decode(group.getBytes(StandardCharsets.ISO_8859_1));
      next = 0;
      return octets.length == 0;
    }

    @Override
    public void close() throws IOException {
      source.close();
    }
  }
}
