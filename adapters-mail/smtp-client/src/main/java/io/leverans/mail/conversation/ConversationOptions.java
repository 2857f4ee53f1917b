package io.leverans.mail.conversation;

import java.util.Objects;

/**
 * How to hold a conversation.
 *
 * @param ownName the name we say hello with (RFC 5321 §4.1.1.1)
 */
public record ConversationOptions(String ownName, Timeouts timeouts, Encryption encryption) {
  public ConversationOptions {
    Objects.requireNonNull(ownName);
    Objects.requireNonNull(timeouts);
    Objects.requireNonNull(encryption);
  }

  /** Whether the connection is encrypted (RFC 3207). */
  public enum Encryption {
    /**
     * When the server offers it; a certificate that proves nothing is noted, not refused, since the
     * alternative is no encryption at all (RFC 7435).
     */
    WHEN_OFFERED,
    /** Never. */
    NEVER
  }
}
