package io.leverans.mail.simulator;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.leverans.mail.simulator.FollowUp.Complaint;

/** Spam complaints as feedback loops send them. */
final class ComplaintReport {
  private ComplaintReport() {}

  static byte[] write(Complaint.Format format, ReportOrder order) {
    return switch (format) {
      case ARF -> standard(order, recipient(order), order.original());
      case ARF_REDACTED -> standard(order, "", redacted(order));
      case JMRP -> hotmail(order);
    };
  }

  /** The abuse reporting format (RFC 5965). */
  private static byte[] standard(ReportOrder order, String recipient, byte[] original) {
    String boundary = "feedback-" + order.serial();
    return new ReportText()
        .field("From", "Complaints <feedback@" + order.domain() + '>')
        .field("To", order.complaintAddress())
        .field("Date", order.date())
        .field("Subject", "FW: " + order.subject())
        .field("Message-ID", '<' + order.serial() + ".arf@" + order.host() + '>')
        .line("Auto-Submitted: auto-generated")
        .line("MIME-Version: 1.0")
        .line("Content-Type: multipart/report; report-type=feedback-report;")
        .line("\tboundary=\"" + boundary + '"')
        .emptyLine()
        .line("--" + boundary)
        .line("Content-Type: text/plain; charset=us-ascii")
        .emptyLine()
        .line("Somebody who got the mail below pressed the button that says: this is spam.")
        .line("It came to us on " + order.arrivalDate() + '.')
        .emptyLine()
        .line("--" + boundary)
        .line("Content-Type: message/feedback-report")
        .emptyLine()
        .line("Feedback-Type: abuse")
        .line("User-Agent: LeveransSimulator/1.0")
        .line("Version: 1")
        .line("Original-Mail-From: <" + order.returnPath() + '>')
        .lines(recipient)
        .line("Arrival-Date: " + order.arrivalDate())
        .line("Reporting-MTA: dns; " + order.host())
        .line("Source-IP: 127.0.0.1")
        .line("Incidents: 1")
        .emptyLine()
        .line("--" + boundary)
        .line("Content-Type: " + order.messageType())
        .line("Content-Transfer-Encoding: " + order.originalEncoding())
        .line("Content-Disposition: inline")
        .emptyLine()
        .bytes(original)
        .emptyLine()
        .line("--" + boundary + "--")
        .toBytes();
  }

  private static String recipient(ReportOrder order) {
    return "Original-Rcpt-To: <" + order.recipient() + '>';
  }

  /** The original without the address of who complained, wherever it stands (RFC 6590). */
  private static byte[] redacted(ReportOrder order) {
    String address = new String(order.recipient().getBytes(UTF_8), ISO_8859_1);
    return new String(order.original(), ISO_8859_1)
        .replace(address, "redacted@" + address.substring(address.lastIndexOf('@') + 1))
        .getBytes(ISO_8859_1);
  }

  /** Nothing but the mail, with who complained in a header of its own. */
  private static byte[] hotmail(ReportOrder order) {
    String boundary = "jmrp-" + order.serial();
    return new ReportText()
        .field("From", "<staff@hotmail.com>")
        .field("To", order.complaintAddress())
        .field("Date", order.date())
        .field("Subject", "complaint about message from 127.0.0.1")
        .field("Message-ID", '<' + order.serial() + ".jmrp@" + order.host() + '>')
        .line("MIME-Version: 1.0")
        .line("Content-Type: multipart/mixed; boundary=\"" + boundary + '"')
        .emptyLine()
        .line("--" + boundary)
        .line("Content-Type: message/rfc822")
        .line("Content-Transfer-Encoding: " + order.originalEncoding())
        .line("Content-Disposition: inline")
        .emptyLine()
        .line("X-HmXmrOriginalRecipient: <" + order.recipient() + '>')
        .line("X-Reporter-IP: 127.0.0.1")
        .bytes(order.original())
        .emptyLine()
        .line("--" + boundary + "--")
        .toBytes();
  }
}
