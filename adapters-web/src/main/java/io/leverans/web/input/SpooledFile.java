package io.leverans.web.input;

import io.leverans.domain.message.Octets;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Objects;

/** A large body in a file, which is gone when it is closed. Many may read it at a time. */
final class SpooledFile implements Octets, AutoCloseable {
  private static final int READ_AT_ONCE = 32 * 1024;

  private final FileChannel channel;
  private long size;

  SpooledFile(FileChannel channel) {
    this.channel = channel;
  }

  /** Writes on, before anybody reads. */
  void append(byte[] octets, int length) {
    ByteBuffer left = ByteBuffer.wrap(octets, 0, length);
    try {
      while (left.hasRemaining()) {
        size += channel.write(left);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a large body cannot be kept", e);
    }
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public InputStream open() {
    return from(0);
  }

  /** What lies from a place on. */
  InputStream from(long position) {
    return new Slice(position);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private final class Slice extends InputStream {
    private final ByteBuffer buffer = ByteBuffer.allocate(READ_AT_ONCE).limit(0);
    private long position;

    Slice(long position) {
      this.position = position;
    }

    @Override
    public int read() throws IOException {
      return isAtEnd() ? -1 : Byte.toUnsignedInt(buffer.get());
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
      int given = Math.min(length, buffer.remaining());
      buffer.get(target, offset, given);
      return given;
    }

    private boolean isAtEnd() throws IOException {
      if (buffer.hasRemaining()) {
        return false;
      }
      buffer.clear();
      position += Math.max(0, channel.read(buffer, position));
      buffer.flip();
      return !buffer.hasRemaining();
    }
  }
}
