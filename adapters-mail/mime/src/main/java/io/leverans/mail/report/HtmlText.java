package io.leverans.mail.report;

import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** HTML as the lines that a person sees, roughly; in one pass, whatever it holds. */
final class HtmlText {
  private static final int LONGEST_TAG = 2000;
  private static final Set<String> NOT_SHOWN = Set.of("style", "script", "head", "title");
  private static final Set<String> LINE_ENDS =
      Set.of(
          "br", "p", "div", "tr", "td", "th", "li", "pre", "hr", "h1", "h2", "h3", "h4", "table");
  private static final Pattern ENTITY = Pattern.compile("&(#?\\w{1,10});");
  private static final Map<String, String> ENTITIES =
      Map.of("lt", "<", "gt", ">", "amp", "&", "quot", "\"", "#39", "'", "apos", "'", "#64", "@");

  private final String html;
  private final StringBuilder shown = new StringBuilder();
  private final Set<String> neverClosed = new HashSet<>();
  private int tagEnd = -1;

  private HtmlText(String html) {
    this.html = html;
  }

  static String of(String html) {
    String text = new HtmlText(html).withoutTags();
    return ENTITY
        .matcher(text)
        .replaceAll(match -> ENTITIES.getOrDefault(match.group(1).toLowerCase(Locale.ROOT), " "));
  }

  private String withoutTags() {
    int at = 0;
    while (at < html.length()) {
      char c = html.charAt(at);
      if (c == '<' && beginsTag(at)) {
        at = behindTag(at);
      } else {
        shown.append(c);
        at++;
      }
    }
    return shown.toString();
  }

  /** Looks for the end of each tag once, since a hostile mail begins many and ends none. */
  private boolean beginsTag(int at) {
    if (at + 1 >= html.length() || !isTagName(html.charAt(at + 1))) {
      return false;
    }
    if (tagEnd < at) {
      int next = html.indexOf('>', at);
      tagEnd = next < 0 ? Integer.MAX_VALUE : next;
    }
    return tagEnd - at <= LONGEST_TAG;
  }

  private static boolean isTagName(char c) {
    return c == '/' || c == '!' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private int behindTag(int at) {
    int start = html.charAt(at + 1) == '/' ? at + 2 : at + 1;
    int end = start;
    while (end < tagEnd && Character.isLetterOrDigit(html.charAt(end))) {
      end++;
    }
    String name = html.substring(start, end).toLowerCase(Locale.ROOT);
    if (LINE_ENDS.contains(name)) {
      shown.append('\n');
    }
    boolean hides = start == at + 1 && NOT_SHOWN.contains(name) && !neverClosed.contains(name);
    return hides ? behindHidden(name) : tagEnd + 1;
  }

  private int behindHidden(String name) {
    int close = html.indexOf("</" + name, tagEnd);
    if (close < 0) {
      close = html.indexOf("</" + name.toUpperCase(Locale.ROOT), tagEnd);
    }
    if (close < 0) {
      neverClosed.add(name);
      return tagEnd + 1;
    }
    return close;
  }
}
