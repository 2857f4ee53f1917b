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
    for (int i = 0; i < text.length; i++) {
      makeRoom();
      if (isLineEnd(i)) {
        put('\r', '\n');
        column = 0;
        i++;
      } else if (isPlain(i)) {
        breakBefore(1);
        encoded[count++] = text[i];
      } else {
        breakBefore(ESCAPED);
        encoded[count++] = '=';
        encoded[count++] = HEX[(text[i] >> 4) & 0xF];
        encoded[count++] = HEX[text[i] & 0xF];
      }
    }
  }

  private boolean isLineEnd(int i) {
    return text[i] == '\r' && i + 1 < text.length && text[i + 1] == '\n';
  }

  /** Blanks are none at the end of a line, where servers may take them away. */
  private boolean isPlain(int i) {
    byte octet = text[i];
    boolean isBlank = octet == ' ' || octet == '\t';
    boolean isLast = i + 1 == text.length || isLineEnd(i + 1);
    return isBlank ? !isLast : octet > ' ' && octet < 127 && octet != '=';
  }

  private void breakBefore(int width) {
    if (column + width > LINE) {
      put('=', '\r');
      encoded[count++] = '\n';
      column = 0;
    }
    column += width;
  }

  private void put(int first, int second) {
    encoded[count++] = (byte) first;
    encoded[count++] = (byte) second;
  }

  /** For an octet and a soft line break before it. */
  private void makeRoom() {
    if (encoded.length - count < 2 * ESCAPED) {
      encoded = Arrays.copyOf(encoded, 2 * encoded.length);
    }
  }
}
