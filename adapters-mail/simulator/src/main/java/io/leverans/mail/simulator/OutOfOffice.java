package io.leverans.mail.simulator;

/** The reply of somebody who is away (RFC 3834). */
final class OutOfOffice {
  private OutOfOffice() {}

  /** Whether a message may be answered by a machine, RFC 3834 section 2. */
  static boolean mayAnswer(ArrivedMail mail) {
    return !mail.returnPath().isEmpty()
        && RawMail.header(mail.bytes(), "Auto-Submitted")
            .map(value -> value.equalsIgnoreCase("no"))
            .orElse(true);
  }

  static byte[] write(ReportOrder order) {
    var text =
        new ReportText()
            .field("From", '<' + order.recipient() + '>')
            .field("To", '<' + order.returnPath() + '>')
            .field("Date", order.date())
            .field("Subject", "Automatic reply: " + order.subject())
            .field("Message-ID", '<' + order.serial() + ".reply@" + order.host() + '>');
    if (!order.messageId().isEmpty()) {
      text.field("In-Reply-To", order.messageId()).field("References", order.messageId());
    }
    return text.line("Auto-Submitted: auto-replied")
        .line("X-Auto-Response-Suppress: All")
        .line("MIME-Version: 1.0")
        .line("Content-Type: text/plain; charset=utf-8")
        .line("Content-Transfer-Encoding: 7bit")
        .emptyLine()
        .line("Thank you for your mail. I am away from my desk until Monday")
        .line("and will read it when I am back.")
        .toBytes();
  }
}
