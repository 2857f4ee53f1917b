package io.leverans.mail.mime;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.apache.james.mime4j.codec.EncoderUtil;
import org.apache.james.mime4j.codec.EncoderUtil.Usage;

/**
 * Text as header fields carry it: printable ASCII in lines of at most 76 characters where words
 * allow (RFC 5322 §2.1.1), the rest in encoded words (RFC 2047).
 */
final class HeaderText {
  private static final int LINE = 76;
  private static final int LONGEST_PLAIN_WORD = 60;
  private static final int LONGEST_KEPT_WORD = 900;
  private static final int MOST_USED = 50;
  private static final Pattern ATOMS =
      Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?: [A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*");
  private static final Pattern WHITE_SPACE = Pattern.compile("\\s+");

  private HeaderText() {}

  /** A text that is read back exactly as it was written, such as a subject. */
  static String exact(String field, String text) {
    return readsBackAsItIs(text) ? text : encoded(text, field, Usage.TEXT_TOKEN);
  }

  /**
   * A value whose syntax is not ours to know, such as {@code List-Unsubscribe}: kept as it is, but
   * for white space, as long as it is printable ASCII with words that fit a line.
   */
  static String foreign(String field, String value) {
    String tidy = WHITE_SPACE.matcher(value).replaceAll(" ").strip();
    boolean keepable = isPrintable(tidy) && longestWord(tidy) <= LONGEST_KEPT_WORD;
    return keepable ? tidy : encoded(tidy, field, Usage.TEXT_TOKEN);
  }

  /** A display name (RFC 5322 §3.2.5: {@code phrase}). */
  static String phrase(String field, String name) {
    if (!readsBackAsItIs(name)) {
      return encoded(name, field, Usage.WORD_ENTITY);
    }
    if (ATOMS.matcher(name).matches()) {
      return name;
    }
    return '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** A field's value with line breaks before some of its spaces (RFC 5322 §2.2.3). */
  static String folded(String field, String value) {
    StringBuilder folded = new StringBuilder(value.length() + 16);
    int used = field.length() + 1;
    for (String word : value.split(" ", -1)) {
      if (!folded.isEmpty() && used + 1 + word.length() > LINE) {
        folded.append("\r\n");
        used = 0;
      }
      if (!folded.isEmpty()) {
        folded.append(' ');
      }
      folded.append(word);
      used += 1 + word.length();
    }
    return folded.toString();
  }

  static boolean isPrintable(String text) {
    return text.chars().allMatch(c -> c >= ' ' && c < 0x7f);
  }

  private static boolean readsBackAsItIs(String text) {
    return isPrintable(text)
        && text.equals(text.strip())
        && !text.contains("  ")
        && !text.contains("=?")
        && longestWord(text) <= LONGEST_PLAIN_WORD;
  }

  private static int longestWord(String text) {
    return Arrays.stream(text.split(" ", -1)).mapToInt(String::length).max().orElse(0);
  }

  private static String encoded(String text, String field, Usage usage) {
    int used = Math.min(field.length() + 2, MOST_USED);
    return EncoderUtil.encodeEncodedWord(text, usage, used, StandardCharsets.UTF_8, null);
  }
}
