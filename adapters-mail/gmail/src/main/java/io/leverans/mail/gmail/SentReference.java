package io.leverans.mail.gmail;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A message that Gmail took, as a delivery's reference tells it.
 *
 * @param message Gmail's id
 * @param thread that of the conversation
 */
record SentReference(String message, String thread) {
  private static final Pattern TEXT =
      Pattern.compile("Gmail message ([\\w-]{1,64}) in conversation ([\\w-]{1,64})");

  static Optional<SentReference> parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    return matcher.matches()
        ? Optional.of(new SentReference(matcher.group(1), matcher.group(2)))
        : Optional.empty();
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    return "Gmail message " + message + " in conversation " + thread;
  }
}
