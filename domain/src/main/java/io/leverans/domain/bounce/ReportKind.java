package io.leverans.domain.bounce;

/** What a mail that came back is. */
public enum ReportKind {
  /** It tells that a message failed, is late or arrived (RFC 3464, or a shape of its own). */
  DELIVERY_STATUS,
  /** It tells that a recipient called a message spam (RFC 5965). */
  COMPLAINT,
  /** A machine answered in a person's absence (RFC 3834). */
  AUTO_REPLY,
  /** The recipient's server asks the sender to prove that a person wrote. */
  CHALLENGE,
  /** None of these, as far as can be read. */
  OTHER
}
