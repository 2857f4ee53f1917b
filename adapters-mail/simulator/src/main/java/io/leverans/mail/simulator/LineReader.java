package io.leverans.mail.simulator;

import io.leverans.mail.simulator.ArrivedMail.LineEnds;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.Semaphore;

/** Reads an SMTP client's commands and messages, large pieces at a time. For one thread. */
final class LineReader {
  private static final int BUFFER_BYTES = 32 * 1024;
  private static final int COMMAND_BYTES = 4096;
  private static final int MESSAGE_BYTES = 16 * 1024;

  /** Larger messages are read one after the other, since all share the memory of this process. */
  private static final int LARGE_BYTES = 1024 * 1024;

  private static final Semaphore LARGE = new Semaphore(1, true);

  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int from;
  private int to;
  private byte[] message = new byte[MESSAGE_BYTES];
  private boolean readsLarge;

  LineReader(InputStream in) {
    this.in = in;
  }

  /** How a command came to its end; anything but {@code CRLF} is the client's mistake. */
  enum Ending {
    CRLF,
    NOT_CRLF,
    TOO_LONG
  }

  record Command(String text, Ending ending) {}

  /** A message without its final dot and with its stuffed dots removed. */
  static final class Block {
    private final byte[] bytes;
    private final boolean tooLarge;
    private final LineEnds lineEnds;

    private Block(byte[] bytes, boolean tooLarge, LineEnds lineEnds) {
      this.bytes = bytes;
      this.tooLarge = tooLarge;
      this.lineEnds = lineEnds;
    }

    /** A message that came another way, with lines that end as they should. */
    static Block of(byte[] bytes) {
      return new Block(bytes, false, new LineEnds(0, 0));
    }

    /** The message itself, not a copy; empty if it was too large. */
    byte[] bytes() {
      return bytes;
    }

    boolean tooLarge() {
      return tooLarge;
    }

    LineEnds lineEnds() {
      return lineEnds;
    }
  }

  /** Whether bytes of the client have been read that nobody has looked at yet. */
  boolean hasMore() {
    return from < to;
  }

  /** Reads and forgets all that the client sends until it closes. */
  void awaitEnd() throws IOException {
    from = to;
    while (in.read(buffer) >= 0) {
      from = to;
    }
  }

  /** Reads up to the next line feed. */
  Command readCommand() throws IOException {
    int scanned = from;
    while (true) {
      for (int at = scanned; at < to; at++) {
        if (buffer[at] == '\n') {
          return command(at);
        }
      }
      if (to - from > COMMAND_BYTES) {
        return skipLongCommand();
      }
      int pending = to - from;
      makeRoom();
      scanned = from + pending;
      fill();
    }
  }

  private Command command(int lineFeed) {
    boolean crlf = lineFeed > from && buffer[lineFeed - 1] == '\r';
    int end = crlf ? lineFeed - 1 : lineFeed;
    String text = new String(buffer, from, end - from, StandardCharsets.UTF_8);
    boolean tooLong = lineFeed - from > COMMAND_BYTES;
    from = lineFeed + 1;
    if (tooLong) {
      return new Command("", Ending.TOO_LONG);
    }
    return new Command(text, crlf && text.indexOf('\r') < 0 ? Ending.CRLF : Ending.NOT_CRLF);
  }

  private Command skipLongCommand() throws IOException {
    while (true) {
      while (from < to) {
        if (buffer[from++] == '\n') {
          return new Command("", Ending.TOO_LONG);
        }
      }
      makeRoom();
      fill();
    }
  }

  /**
   * Reads a message up to its {@code CRLF.CRLF}; no other sequence ends it (RFC 5321 section
   * 4.1.1.4).
   *
   * @param limit bytes above which a message is read to its end but not kept
   */
  Block readMessage(int limit) throws IOException {
    try {
      return readWhole(limit);
    } finally {
      if (readsLarge) {
        readsLarge = false;
        message = new byte[MESSAGE_BYTES];
        LARGE.release();
      }
    }
  }

  private Block readWhole(int limit) throws IOException {
    var dots = new DotReader();
    int length = 0;
    boolean tooLarge = false;
    while (true) {
      if (from == to) {
        makeRoom();
        fill();
      }
      ensureRoom(length + (to - from) + 2);
      length = dots.read(length);
      if (length > limit) {
        tooLarge = true;
        length = 0;
      }
      if (dots.ended) {
        byte[] bytes = tooLarge ? new byte[0] : Arrays.copyOf(message, length);
        return new Block(
            bytes, tooLarge, new LineEnds(dots.bareLineFeeds, dots.bareCarriageReturns));
      }
    }
  }

  private void ensureRoom(int length) {
    if (length > LARGE_BYTES && !readsLarge) {
      LARGE.acquireUninterruptibly();
      readsLarge = true;
    }
    if (message.length < length) {
      message = Arrays.copyOf(message, Math.max(length, message.length * 2));
    }
  }

  private void makeRoom() {
    if (from > 0) {
      System.arraycopy(buffer, from, buffer, 0, to - from);
      to -= from;
      from = 0;
    }
  }

  private void fill() throws IOException {
    int count = in.read(buffer, to, buffer.length - to);
    if (count < 0) {
      throw new EOFException("client closed the connection");
    }
    to += count;
  }

  /** Takes the buffered bytes into the message, minding dots and line ends. */
  private final class DotReader {
    private static final int IN_LINE = 0;
    private static final int AFTER_CR = 1;
    private static final int LINE_START = 2;
    private static final int AFTER_DOT = 3;
    private static final int AFTER_DOT_CR = 4;

    private int state = LINE_START;
    private int bareLineFeeds;
    private int bareCarriageReturns;
    private boolean ended;

    int read(int length) {
      int count = length;
      while (from < to && !ended) {
        byte next = buffer[from++];
        if (state == AFTER_DOT_CR) {
          if (next == '\n') {
            ended = true;
            continue;
          }
          message[count++] = '\r';
          state = AFTER_CR;
        } else if (state == AFTER_DOT && next == '\r') {
          state = AFTER_DOT_CR;
          continue;
        } else if (state == LINE_START && next == '.') {
          state = AFTER_DOT;
          continue;
        }
        message[count++] = next;
        step(next);
      }
      return count;
    }

    private void step(byte next) {
      if (next == '\n') {
        if (state == AFTER_CR) {
          state = LINE_START;
          return;
        }
        bareLineFeeds++;
      } else if (state == AFTER_CR) {
        bareCarriageReturns++;
      }
      state = next == '\r' ? AFTER_CR : IN_LINE;
    }
  }
}
