package io.leverans.mail.conversation;

import io.leverans.domain.delivery.Cause;
import java.io.Serial;

/** The connection broke, or is of no use any more, before anything was handed over. */
final class LinkLostException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final Cause reason;

  private LinkLostException(Cause reason, String words) {
    super(words);
    this.reason = reason;
  }

  /**
   * @param words what happened, for a person
   */
  LinkLostException(String words) {
    this(Cause.NETWORK_FAILURE, words);
  }

  /** The other side speaks, but not as agreed. */
  static LinkLostException unintelligible(String words) {
    return new LinkLostException(Cause.PROTOCOL_ERROR, words);
  }

  Cause reason() {
    return reason;
  }

  String words() {
    return String.valueOf(getMessage());
  }
}
