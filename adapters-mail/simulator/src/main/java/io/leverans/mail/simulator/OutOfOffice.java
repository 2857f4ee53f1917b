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
    return MachineReply.begin(order, "Automatic reply", "reply")
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
