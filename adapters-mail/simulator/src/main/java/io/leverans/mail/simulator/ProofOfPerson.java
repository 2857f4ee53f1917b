package io.leverans.mail.simulator;

/** The mail of a server that lets nobody through before they have shown that they are a person. */
final class ProofOfPerson {
  private ProofOfPerson() {}

  static byte[] write(ReportOrder order) {
    var text =
        new ReportText()
            .field("From", '<' + order.recipient() + '>')
            .field("To", '<' + order.returnPath() + '>')
            .field("Date", order.date())
            .field("Subject", "Please confirm your message: " + order.subject())
            .field("Message-ID", '<' + order.serial() + ".challenge@" + order.host() + '>');
    if (!order.messageId().isEmpty()) {
      text.field("In-Reply-To", order.messageId()).field("References", order.messageId());
    }
    return text.line("Auto-Submitted: auto-replied")
        .line("MIME-Version: 1.0")
        .line("Content-Type: text/plain; charset=utf-8")
        .line("Content-Transfer-Encoding: 8bit")
        .emptyLine()
        .line("Your message to " + order.recipient() + " has not been delivered yet.")
        .emptyLine()
        .line("This mailbox is protected from mail that no person wrote. To have your")
        .line("message delivered, confirm that you are a person and not a machine:")
        .emptyLine()
        .line("https://challenge." + order.domain() + "/confirm/" + order.serial())
        .emptyLine()
        .line("You need to do this only once. Without it the message is discarded")
        .line("after fourteen days.")
        .toBytes();
  }
}
