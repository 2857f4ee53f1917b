package io.leverans.web.suppression;

/** What people write beside an entry, and why they take one off. */
final class NoteText {
  static final int LONGEST = 500;

  private NoteText() {}

  /**
   * The text without blanks around it.
   *
   * @throws IllegalArgumentException with the reason in words for a person
   */
  static String parse(String text) {
    String stripped = text.strip();
    if (stripped.isEmpty()) {
      throw new IllegalArgumentException("it says nothing");
    }
    if (stripped.length() > LONGEST) {
      throw new IllegalArgumentException("it has at most %d characters".formatted(LONGEST));
    }
    return stripped;
  }
}
