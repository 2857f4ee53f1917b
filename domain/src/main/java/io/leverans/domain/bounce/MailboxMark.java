package io.leverans.domain.bounce;

/**
 * A place in a mailbox as its provider writes it, opaque to all others.
 *
 * @param text at most {@value #LONGEST} characters
 */
public record MailboxMark(String text) {
  public static final int LONGEST = 500;

  public MailboxMark {
    if (text.isEmpty() || text.length() > LONGEST) {
      throw new IllegalArgumentException("a mark has 1 to " + LONGEST + " characters");
    }
  }
}
