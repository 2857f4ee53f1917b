package io.leverans.mail.mime;

import io.leverans.domain.delivery.Dispatch;
import io.leverans.domain.delivery.Envelope;
import io.leverans.domain.message.Octets;
import java.nio.charset.StandardCharsets;

/** What tells one delivery from another in what is sent: the return path and a header alike. */
public final class Marking {
  public static final String HEADER = "Leverans-Delivery";

  private final ReturnPathTokens tokens;
  private final String domain;

  /**
   * Marks for return paths at a domain of the platform, or at the alias of it that a message was
   * composed for.
   *
   * @param domain in A-labels
   */
  public Marking(ReturnPathTokens tokens, String domain) {
    this.tokens = tokens;
    this.domain = domain;
  }

  /** Where reports on one delivery come back to. */
  public String returnPath(Dispatch dispatch, Envelope envelope) {
    return token(dispatch, envelope) + "@" + dispatch.returnPathHost().orElse(domain);
  }

  /** The composed bytes behind a line of ours: it stands outside the signature. */
  public Octets asSent(Dispatch dispatch, Envelope envelope) {
    String header = HEADER + ": " + token(dispatch, envelope) + "\r\n";
    return Octets.of(header.getBytes(StandardCharsets.US_ASCII)).followedBy(dispatch.content());
  }

  /** The signed name of one delivery in one attempt. */
  public String token(Dispatch dispatch, Envelope envelope) {
    return tokens.tokenFor(dispatch.team(), envelope.delivery(), dispatch.startedAt());
  }
}
