package io.leverans.domain.bounce;

/** What tied a report to a delivery. */
public enum LinkedBy {
  /** Our own signature. */
  TOKEN,
  /**
   * It was read in the sender's own mailbox, and names our Message-ID, or our signature on a mail
   * to several, together with the recipient.
   */
  MAILBOX,
  /** A person. */
  PERSON
}
