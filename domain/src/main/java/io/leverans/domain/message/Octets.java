package io.leverans.domain.message;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;

/** Bytes that can be read again and again: a composed message, a report, an attached file. */
public interface Octets {
  /** Length in octets. */
  long size();

  /**
   * A new stream from the first octet on.
   *
   * @throws IOException if the place where the bytes lie cannot be read
   */
  InputStream open() throws IOException;

  /** All of them at once, for what is known to fit in memory. */
  default byte[] toArray() throws IOException {
    try (InputStream in = open()) {
      return in.readAllBytes();
    }
  }

  /** These, and then those of {@code next}. */
  default Octets followedBy(Octets next) {
    Octets first = this;
    return new Octets() {
      @Override
      public long size() {
        return first.size() + next.size();
      }

      @Override
      public InputStream open() throws IOException {
        return new SequenceInputStream(first.open(), next.open());
      }
    };
  }

  /** Those of an array, which is copied. */
  static Octets of(byte[] bytes) {
    byte[] copy = bytes.clone();
    return new Octets() {
      @Override
      public long size() {
        return copy.length;
      }

      @Override
      public InputStream open() {
        return new ByteArrayInputStream(copy);
      }
    };
  }
}
