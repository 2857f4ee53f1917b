package io.leverans.mail.simulator;

/** A mail that the recipient's side writes to the return path after it took a message. */
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

  /** A spam complaint (RFC 5965). */
  record Complaint() implements FollowUp {}
}
