package io.leverans.mail.smtp.imap;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One response of a server (RFC 3501 §7).
 *
 * @param text its line or lines; a literal in it leaves its length in braces behind
 * @param literals what stood in their place, in order, each up to a bound
 */
record Response(String text, List<byte[]> literals) {
  private static final Pattern NUMBERED = Pattern.compile("\\* (\\d{1,10}) ([A-Z]+)");
  private static final Pattern QUOTED_BODY =
      Pattern.compile(
          "BODY\\[[^\\]]{0,4096}+\\](?:<\\d{1,10}>)? \"((?:[^\"\\\\]++|\\\\.)*+)\"",
          Pattern.DOTALL);
  private static final int WORDS = 300;

  Response {
    literals = List.copyOf(literals);
  }

  boolean isUntagged(String word) {
    return upper().startsWith("* " + word);
  }

  /** Such as {@code * 12 EXISTS}. */
  boolean isNumbered(String word) {
    return numbered(word).isPresent();
  }

  /** The number in such a response. */
  OptionalLong numbered(String word) {
    Matcher matcher = NUMBERED.matcher(upper());
    return matcher.lookingAt() && matcher.group(2).equals(word)
        ? OptionalLong.of(Long.parseLong(matcher.group(1)))
        : OptionalLong.empty();
  }

  boolean isContinuation() {
    return text.startsWith("+");
  }

  /** The value of a code in brackets, such as {@code [UIDVALIDITY 12]}. */
  OptionalLong code(String name) {
    return number("\\[" + name + " (\\d{1,19})\\]");
  }

  /** The value of an item, such as {@code UID 12}. */
  OptionalLong item(String name) {
    return number("[( ]" + Pattern.quote(name) + " (\\d{1,19})(?=[ )])");
  }

  private OptionalLong number(String regex) {
    Matcher matcher = Pattern.compile(regex, Pattern.CASE_INSENSITIVE).matcher(text);
    try {
      return matcher.find()
          ? OptionalLong.of(Long.parseLong(matcher.group(1)))
          : OptionalLong.empty();
    } catch (NumberFormatException _) {
      return OptionalLong.empty();
    }
  }

  /** What a fetch brought of a mail: a literal, or where that is short perhaps a quoted text. */
  Optional<byte[]> body() {
    if (!literals.isEmpty()) {
      return Optional.of(literals.getFirst());
    }
    Matcher quoted = QUOTED_BODY.matcher(text);
    return quoted.find()
        ? Optional.of(
            quoted.group(1).replaceAll("(?s)\\\\(.)", "$1").getBytes(StandardCharsets.ISO_8859_1))
        : Optional.empty();
  }

  /** How much room it takes. */
  long octets() {
    return text.length() + literals.stream().mapToLong(literal -> literal.length).sum();
  }

  /** What it says, as far as a person would read it. */
  String words() {
    return text.length() > WORDS ? text.substring(0, WORDS) + "…" : text;
  }

  String upper() {
    return text.toUpperCase(Locale.ROOT);
  }
}
