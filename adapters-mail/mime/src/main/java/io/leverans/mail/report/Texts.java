package io.leverans.mail.report;

import jakarta.mail.internet.MimeUtility;
import java.io.UnsupportedEncodingException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Optional;
import java.util.Set;

/** Octets as text, whatever they claim to be. */
final class Texts {
  private static final int LONGEST_SHOWN = 998;
  private static final int LONGEST_DECODED = 4 * LONGEST_SHOWN;

  private static final Set<Charset> SHARE_ASCII =
      Set.of(StandardCharsets.UTF_8, StandardCharsets.ISO_8859_1);

  private static final char NO_BREAK_SPACE = '\u00a0';

  private Texts() {}

  static String latin1(byte[] octets) {
    return new String(octets, StandardCharsets.ISO_8859_1);
  }

  /**
   * Octets, one in each character, in the charset named, if there is such a one, else in the one
   * that fits.
   */
  static String decoded(String octets, Optional<String> charset) {
    Optional<Charset> named =
        charset.flatMap(Texts::known).filter(known -> !known.equals(StandardCharsets.US_ASCII));
    if (isAscii(octets) && named.map(SHARE_ASCII::contains).orElse(true)) {
      return octets;
    }
    return named
        .map(known -> new String(octets.getBytes(StandardCharsets.ISO_8859_1), known))
        .orElseGet(() -> guessed(octets));
  }

  /** Octets beyond ASCII in a header's value are UTF-8 (RFC 6532) if they can be. */
  static String headerValue(String latin1) {
    return (isAscii(latin1) ? latin1 : guessed(latin1)).strip();
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  /** Decodes encoded words (RFC 2047) for people to read: no control characters, of sane length. */
  static String shown(String headerValue) {
    String encoded = cut(headerValue, LONGEST_DECODED);
    String decoded;
    try {
      decoded = MimeUtility.decodeText(encoded);
    } catch (UnsupportedEncodingException | RuntimeException _) {
      decoded = encoded;
    }
    return cut(decoded.replaceAll("\\p{Cntrl}+", " ").strip(), LONGEST_SHOWN);
  }

  /** Every stretch of white space as one blank, and none at the ends. */
  static String withSingleBlanks(String line) {
    StringBuilder plain = new StringBuilder(line.length());
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (!Character.isWhitespace(c) && c != NO_BREAK_SPACE) {
        plain.append(c);
      } else if (!plain.isEmpty() && plain.charAt(plain.length() - 1) != ' ') {
        plain.append(' ');
      }
    }
    return plain.toString().stripTrailing();
  }

  private static String cut(String text, int length) {
    return text.length() > length ? text.substring(0, length) : text;
  }

  private static Optional<Charset> known(String name) {
    try {
      return Optional.of(Charset.forName(MimeUtility.javaCharset(name)));
    } catch (IllegalCharsetNameException | UnsupportedCharsetException _) {
      return Optional.empty();
    }
  }

  private static String guessed(String latin1) {
    byte[] octets = latin1.getBytes(StandardCharsets.ISO_8859_1);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
    } catch (CharacterCodingException _) {
      return latin1;
    }
  }
}
