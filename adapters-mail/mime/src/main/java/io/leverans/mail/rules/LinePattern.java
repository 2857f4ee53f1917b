package io.leverans.mail.rules;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a table's cell says a line looks like, such as {@code <{recipient}>: {reason}}. The rest is
 * literal, without regard to case; blanks are single. {@code {recipient}} is an address, {@code
 * {host}} a host name, {@code {code}} a negative reply code, {@code {reason}} all the rest, and
 * {@code {…}} anything.
 */
public final class LinePattern {
  private static final Pattern PLACE = Pattern.compile("\\{(recipient|host|code|reason|…)\\}");
  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final String ADDRESS =
      "(?<recipient>\"[^\"\\r\\n]{1,80}\"@[^\\s<>\"(),;:\\[\\]]{1,255}"
          + "|[^\\s<>\"(),;:\\[\\]]{1,100}@[^\\s<>\"(),;:\\[\\]]{1,255})";

  private final Pattern pattern;
  private final String anchor;

  private LinePattern(Pattern pattern, String anchor) {
    this.pattern = pattern;
    this.anchor = anchor;
  }

  /** Reads a cell. */
  public static LinePattern of(String cell) {
    StringBuilder regex = new StringBuilder();
    String anchor = "";
    Matcher places = PLACE.matcher(cell);
    int end = 0;
    while (places.find()) {
      anchor = longer(anchor, literal(cell.substring(end, places.start()), regex));
      regex.append(regexOf(places.group(1)));
      end = places.end();
    }
    anchor = longer(anchor, literal(cell.substring(end), regex));
    return new LinePattern(
        Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE), anchor);
  }

  /**
   * What the places hold, if the line looks so.
   *
   * @param line with single blanks, and none at its ends: where each may be long, a hostile line
   *     has more ways to fit than there is time
   * @param lowerCase the same line in lower case
   */
  public Optional<MatchResult> match(String line, String lowerCase) {
    if (!lowerCase.contains(anchor)) {
      return Optional.empty();
    }
    Matcher matcher = pattern.matcher(line);
    return matcher.matches() ? Optional.of(matcher.toMatchResult()) : Optional.empty();
  }

  /** What a place of a match holds; empty if the pattern has no such place. */
  public static Optional<String> place(MatchResult match, String name) {
    return match.namedGroups().containsKey(name)
        ? Optional.ofNullable(match.group(name))
        : Optional.empty();
  }

  /** Appends a literal, and answers the part of it that every such line contains as it stands. */
  private static String literal(String text, StringBuilder regex) {
    String longest = "";
    Matcher blanks = BLANKS.matcher(text);
    int end = 0;
    while (blanks.find()) {
      longest = longer(longest, word(text.substring(end, blanks.start()), regex));
      regex.append(' ');
      end = blanks.end();
    }
    return longer(longest, word(text.substring(end), regex));
  }

  private static String word(String text, StringBuilder regex) {
    if (!text.isEmpty()) {
      regex.append(Pattern.quote(text));
    }
    return text.toLowerCase(Locale.ROOT);
  }

  private static String longer(String one, String other) {
    return other.length() > one.length() ? other : one;
  }

  private static String regexOf(String place) {
    return switch (place) {
      case "recipient" -> ADDRESS;
      case "host" -> "(?<host>[\\p{L}\\p{Nd}][\\p{L}\\p{Nd}.:_-]{0,254})";
      case "code" -> "(?<code>[45]\\d\\d)";
      case "reason" -> "(?<reason>.*)";
      default -> ".*?";
    };
  }
}
