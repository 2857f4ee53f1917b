package io.leverans.mail.report;

import jakarta.mail.internet.MimeUtility;
import java.io.UnsupportedEncodingException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Octets as text, whatever they claim to be. */
final class Texts {
  private static final int LONGEST_SHOWN = 998;
  private static final int LONGEST_DECODED = 4 * LONGEST_SHOWN;

  private static final Pattern NOT_SHOWN =
      Pattern.compile("(?is)<(style|script|head)\\b[^>]{0,500}>.{0,20000}?</\\1>");
  private static final Pattern LINE_END =
      Pattern.compile("(?i)<(?:br|/p|/div|/tr|/td|/li|/h\\d|/pre|hr)\\b[^>]{0,500}>");
  private static final Pattern TAG = Pattern.compile("<[a-zA-Z/!][^>]{0,2000}>");
  private static final Pattern ENTITY = Pattern.compile("&(#?\\w{1,10});");
  private static final Map<String, String> ENTITIES =
      Map.of("lt", "<", "gt", ">", "amp", "&", "quot", "\"", "#39", "'", "apos", "'", "#64", "@");

  private Texts() {}

  static String latin1(byte[] octets) {
    return new String(octets, StandardCharsets.ISO_8859_1);
  }

  /** In the charset named, if there is such a one, else in the one that fits. */
  static String decoded(byte[] octets, Optional<String> charset) {
    return charset
        .flatMap(Texts::known)
        .filter(named -> !named.equals(StandardCharsets.US_ASCII))
        .map(named -> new String(octets, named))
        .orElseGet(() -> guessed(octets));
  }

  /** A header's value without folding; octets beyond ASCII are UTF-8 (RFC 6532) if they can be. */
  static String headerValue(String latin1) {
    boolean ascii = latin1.chars().allMatch(c -> c < 0x80);
    String text = ascii ? latin1 : guessed(latin1.getBytes(StandardCharsets.ISO_8859_1));
    return text.replaceAll("[\r\n]+[ \t]*", " ").strip();
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

  /** HTML as the lines that a person sees, roughly. */
  static String withoutTags(String html) {
    String lines = LINE_END.matcher(NOT_SHOWN.matcher(html).replaceAll("")).replaceAll("\n");
    return ENTITY
        .matcher(TAG.matcher(lines).replaceAll(""))
        .replaceAll(match -> ENTITIES.getOrDefault(match.group(1).toLowerCase(Locale.ROOT), " "));
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

  private static String guessed(byte[] octets) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
    } catch (CharacterCodingException _) {
      return latin1(octets);
    }
  }
}
