package io.leverans.mail.simulator;

/** A spam complaint in the abuse reporting format (RFC 5965), as feedback loops send it. */
final class ComplaintReport {
  private ComplaintReport() {}

  static byte[] write(ReportOrder order) {
    String boundary = "feedback-" + order.serial();
    return new ReportText()
        .field("From", "Complaints <feedback@" + order.domain() + '>')
        .field("To", order.returnPath())
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
        .line("Original-Rcpt-To: <" + order.recipient() + '>')
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
        .bytes(order.original())
        .emptyLine()
        .line("--" + boundary + "--")
        .toBytes();
  }
}
