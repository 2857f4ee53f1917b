package io.leverans.mail.gmail;

import java.io.IOException;
import java.io.OutputStream;

/** Passes on all octets but the last one so far. For one thread. */
final class HeldBack extends OutputStream {
  private static final int NONE = -1;

  private final OutputStream out;
  private int held = NONE;
  private long octets;

  HeldBack(OutputStream out) {
    this.out = out;
  }

  long octets() {
    return octets;
  }

  @Override
  public void write(int octet) throws IOException {
    letGo();
    held = octet & 0xFF;
    octets++;
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    if (length > 0) {
      letGo();
      out.write(bytes, from, length - 1);
      held = bytes[from + length - 1] & 0xFF;
      octets += length;
    }
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  /** Passes on the last one. */
  void finish() throws IOException {
    letGo();
    out.flush();
  }

  private void letGo() throws IOException {
    if (held != NONE) {
      out.write(held);
      held = NONE;
    }
  }
}
