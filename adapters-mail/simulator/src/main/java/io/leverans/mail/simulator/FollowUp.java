package io.leverans.mail.simulator;

/**
 * A mail that the recipient's side writes after it took a message: to the return path, a complaint
 * to whoever is responsible for that.
 */
sealed interface FollowUp {

  /**
   * A delivery status notification (RFC 3464).
   *
   * @param status enhanced status code, RFC 3463
   * @param reply what the last server said; {@code {recipient}} stands for the address
   * @param step what the reply answered
   */
  record DeliveryReport(ReportAction action, String status, String reply, Step step)
      implements FollowUp {

    /** About a reply to RCPT. */
    DeliveryReport(ReportAction action, String status, String reply) {
      this(action, status, reply, Step.RECIPIENT);
    }

    /** How far a message had come. */
    enum Step {
      /** No server was found; the words are the reporting server's own. */
      LOOKUP,
      RECIPIENT,
      END_OF_DATA
    }
  }

  /** An out-of-office reply (RFC 3834). */
  record AutoReply() implements FollowUp {}

  /** The question whether a person wrote, before the message is let through. */
  record Challenge() implements FollowUp {}

  /** A spam complaint, as feedback loops send it to the address that was registered with them. */
  record Complaint(Format format) implements FollowUp {

    /** How a feedback loop writes. */
    enum Format {
      /** RFC 5965. */
      ARF,
      /** RFC 5965, the recipient made unreadable as RFC 6590 has it. */
      ARF_REDACTED,
      /** The mail itself, attached by Microsoft's Junk Mail Reporting Program. */
      JMRP
    }
  }
}
