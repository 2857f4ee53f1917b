package io.leverans.mail.conversation;

import java.io.Serial;

/** The connection broke, or is of no use any more, before anything was handed over. */
final class LinkLostException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /**
   * @param words what happened, for a person
   */
  LinkLostException(String words) {
    super(words);
  }

  String words() {
    return String.valueOf(getMessage());
  }
}
