package io.leverans.mail.conversation;

import java.io.IOException;
import java.io.Serial;

/** A server says more than any reply needs. */
final class EndlessReplyException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  EndlessReplyException(int limit) {
    super("the reply is longer than " + limit + " octets");
  }
}
