package io.leverans.mail.conversation;

import io.leverans.domain.delivery.Envelope;
import io.leverans.domain.delivery.Evidence;
import io.leverans.domain.message.Octets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One message on its way to one server.
 *
 * @param returnPath the envelope's sender without brackets, its domain in ASCII; empty for a
 *     message that must not be answered by a report (RFC 5321 §4.5.5)
 * @param evidence what the server's acceptance is worth
 * @param reports which reports to ask for, where the server offers that
 */
public record Transaction(
    String returnPath,
    List<Envelope> envelopes,
    Octets content,
    Body body,
    Evidence evidence,
    Optional<DsnRequest> reports) {
  public Transaction {
    if (!returnPath.chars().allMatch(c -> c > ' ' && c != 0x7f && c != '<' && c != '>')) {
      throw new IllegalArgumentException(
          "a return path is without spaces, brackets and control characters");
    }
    envelopes = List.copyOf(envelopes);
    if (envelopes.isEmpty()) {
      throw new IllegalArgumentException("a transaction has at least one recipient");
    }
    Objects.requireNonNull(content);
    Objects.requireNonNull(body);
    Objects.requireNonNull(evidence);
    Objects.requireNonNull(reports);
  }

  /** Asks for no reports, so that the server does as it always does. */
  public Transaction(
      String returnPath, List<Envelope> envelopes, Octets content, Body body, Evidence evidence) {
    this(returnPath, envelopes, content, body, evidence, Optional.empty());
  }

  /** Whether its sender can be named only to servers that take UTF-8 (RFC 6531). */
  boolean isFromBeyondAscii() {
    return returnPath.chars().anyMatch(c -> c > 0x7f);
  }

  /** The octets the content is made of (RFC 6152). */
  public enum Body {
    SEVEN_BIT,
    /** Declared where the server offers it, and sent as it is where not. */
    EIGHT_BIT
  }
}
