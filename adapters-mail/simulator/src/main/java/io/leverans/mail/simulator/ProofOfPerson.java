package io.leverans.mail.simulator;

/** The mail of a server that lets nobody through before they have shown that they are a person. */
final class ProofOfPerson {
  private ProofOfPerson() {}

  static byte[] write(ReportOrder order) {
    return MachineReply.begin(order, "Please confirm your message", "challenge")
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
