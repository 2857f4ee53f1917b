package io.leverans.mail.conversation;

import io.leverans.domain.delivery.Envelope;
import io.leverans.domain.delivery.Evidence;
import io.leverans.domain.message.Octets;
import java.util.List;
import java.util.Objects;

/**
 * One message on its way to one server.
 *
 * @param returnPath the envelope's sender, ASCII and without brackets; empty for a message that
 *     must not be answered by a report (RFC 5321 §4.5.5)
 * @param evidence what the server's acceptance is worth
 */
public record Transaction(
    String returnPath, List<Envelope> envelopes, Octets content, Body body, Evidence evidence) {
  public Transaction {
    if (!returnPath.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '<' && c != '>')) {
      throw new IllegalArgumentException("a return path is ASCII without spaces and brackets");
    }
    envelopes = List.copyOf(envelopes);
    if (envelopes.isEmpty()) {
      throw new IllegalArgumentException("a transaction has at least one recipient");
    }
    Objects.requireNonNull(content);
    Objects.requireNonNull(body);
    Objects.requireNonNull(evidence);
  }

  /** The octets the content is made of (RFC 6152). */
  public enum Body {
    SEVEN_BIT,
    /** Declared where the server offers it, and sent as it is where not. */
    EIGHT_BIT
  }
}
