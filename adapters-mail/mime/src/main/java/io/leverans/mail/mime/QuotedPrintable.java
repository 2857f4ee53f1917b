package io.leverans.mail.mime;

import io.leverans.domain.message.Octets;
import java.util.Arrays;

/**
 * Text as quoted-printable (RFC 2045 §6.7). Written here since Angus' encoder goes octet by octet
 * through several streams (ADR 79).
 */
final class QuotedPrintable {
  /** One less than the RFC allows: the {@code =} of a soft line break always has room. */
  private static final int LINE = 75;

  private static final int ESCAPED = 3;
  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'
  };

  /**
   * Which octets stand for themselves. Looked up and not compared: where words end cannot be
   * foretold by a processor.
   */
  private static final boolean[] PLAIN = plain();

  private final byte[] text;
  private byte[] encoded;
  private int count;
  private int column;

  private QuotedPrintable(byte[] text) {
    this.text = text;
    this.encoded = new byte[text.length + text.length / 8 + LINE];
  }

  /** Encodes a text whose lines end in CRLF. */
  static Octets of(byte[] text) {
    var encoder = new QuotedPrintable(text);
    encoder.encode();
    return Octets.of(Arrays.copyOf(encoder.encoded, encoder.count));
  }

  private void encode() {
    int i = 0;
    while (i < text.length) {
      makeRoom();
      int plain = plainFrom(i);
      if (plain > 0) {
        i += copy(i, plain);
      } else if (isLineEnd(i)) {
        put('\r', '\n');
        column = 0;
        i += 2;
      } else {
        escape(text[i]);
        i++;
      }
    }
  }

  /**
   * How many octets from here on stand for themselves, of as many as a line has. Not so a blank at
   * the end of a line, where servers may take it away.
   */
  private int plainFrom(int begin) {
    int last = Math.min(text.length, begin + LINE);
    int end = begin;
    while (end < last && PLAIN[text[end] & 0xFF]) {
      end++;
    }
    boolean isAtLineEnd = end == text.length || isLineEnd(end);
    return end > begin && isAtLineEnd && text[end - 1] <= ' ' ? end - begin - 1 : end - begin;
  }

  private static boolean[] plain() {
    boolean[] plain = new boolean[256];
    Arrays.fill(plain, ' ', 127, true);
    plain['\t'] = true;
    plain['='] = false;
    return plain;
  }

  private boolean isLineEnd(int i) {
    return text[i] == '\r' && i + 1 < text.length && text[i + 1] == '\n';
  }

  /** As many of them as this line has room for, or else the next. */
  private int copy(int begin, int plain) {
    breakBefore(1);
    int some = Math.min(plain, LINE - column);
    System.arraycopy(text, begin, encoded, count, some);
    count += some;
    column += some;
    return some;
  }

  private void escape(byte octet) {
    breakBefore(ESCAPED);
    encoded[count++] = '=';
    encoded[count++] = HEX[(octet >> 4) & 0xF];
    encoded[count++] = HEX[octet & 0xF];
    column += ESCAPED;
  }

  private void breakBefore(int width) {
    if (column + width > LINE) {
      put('=', '\r');
      encoded[count++] = '\n';
      column = 0;
    }
  }

  private void put(int first, int second) {
    encoded[count++] = (byte) first;
    encoded[count++] = (byte) second;
  }

  /** For a line and a soft line break before it. */
  private void makeRoom() {
    if (encoded.length - count < LINE + ESCAPED) {
      encoded = Arrays.copyOf(encoded, 2 * encoded.length + ESCAPED);
    }
  }
}
