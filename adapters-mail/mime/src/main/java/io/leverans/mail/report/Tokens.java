package io.leverans.mail.report;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds texts that have the shape of our return path's local part. */
final class Tokens {
  private static final int MOST = 32;
  private static final Pattern SHAPE =
      Pattern.compile("b(?:\\.|%2e|=2e)([a-z2-7]{55})", Pattern.CASE_INSENSITIVE);
  private static final Pattern SOFT_BREAK = Pattern.compile("=[ \t]*\r?\n");

  private final Set<String> found = new LinkedHashSet<>();

  /** Also across the soft line breaks of quoted-printable (RFC 2045 §6.7). */
  void lookInto(String text) {
    collect(SHAPE.matcher(text));
    if (text.contains("=")) {
      collect(SHAPE.matcher(SOFT_BREAK.matcher(text).replaceAll("")));
    }
  }

  private void collect(Matcher matcher) {
    while (matcher.find() && found.size() < MOST) {
      found.add("b." + matcher.group(1).toLowerCase(Locale.ROOT));
    }
  }

  List<String> all() {
    return List.copyOf(found);
  }
}
