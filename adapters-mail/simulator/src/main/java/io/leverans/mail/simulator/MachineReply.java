package io.leverans.mail.simulator;

/** How a mail begins that a machine answers in a recipient's place (RFC 3834). */
final class MachineReply {
  private MachineReply() {}

  /**
   * The header as far as all such answers share it.
   *
   * @param sort tells the Message-IDs of different answers to one mail apart
   */
  static ReportText begin(ReportOrder order, String subject, String sort) {
    var text =
        new ReportText()
            .field("From", '<' + order.recipient() + '>')
            .field("To", '<' + order.returnPath() + '>')
            .field("Date", order.date())
            .field("Subject", subject + ": " + order.subject())
            .field("Message-ID", '<' + order.serial() + '.' + sort + '@' + order.host() + '>');
    if (!order.messageId().isEmpty()) {
      text.field("In-Reply-To", order.messageId()).field("References", order.messageId());
    }
    return text.line("Auto-Submitted: auto-replied");
  }
}
