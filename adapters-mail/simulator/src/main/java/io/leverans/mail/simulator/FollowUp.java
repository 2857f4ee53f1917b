package io.leverans.mail.simulator;

/** A mail that the recipient's side writes to the return path after it took a message. */
sealed interface FollowUp {

  /**
   * A delivery status notification (RFC 3464).
   *
   * @param status enhanced status code, RFC 3463
   * @param reply what the last server said; {@code {recipient}} stands for the address
   */
  record DeliveryReport(ReportAction action, String status, String reply) implements FollowUp {}

  /** An out-of-office reply (RFC 3834). */
  record AutoReply() implements FollowUp {}

  /** A spam complaint (RFC 5965). */
  record Complaint() implements FollowUp {}
}
