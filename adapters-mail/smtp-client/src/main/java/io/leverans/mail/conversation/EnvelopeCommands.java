package io.leverans.mail.conversation;

import io.leverans.domain.delivery.Envelope;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.identity.EmailAddress.LocalPartCharset;
import io.leverans.mail.conversation.Proof.Extension;
import io.leverans.mail.mime.InternationalDomain;
import java.util.List;
import java.util.Optional;

/** The commands that name sender and recipients, as one server takes them. */
record EnvelopeCommands(Offered offered) {
  static String takesOnlyAscii(ServerAddress server) {
    return "%s does not take addresses with characters beyond ASCII before the @."
        .formatted(server.host());
  }

  boolean canName(EmailAddress address) {
    return !needsUtf8(address) || offered.has(Extension.SMTPUTF8);
  }

  boolean canNameSenderOf(Transaction transaction) {
    return !transaction.isFromBeyondAscii() || offered.has(Extension.SMTPUTF8);
  }

  String mail(EmailAddress sender) {
    return "MAIL FROM:<" + path(sender) + ">" + (needsUtf8(sender) ? " SMTPUTF8" : "");
  }

  /**
   * @param envelopes those that will be named
   */
  String mail(Transaction transaction, List<Envelope> envelopes) {
    StringBuilder command = new StringBuilder("MAIL FROM:<");
    command.append(transaction.returnPath()).append('>');
    if (offered.has(Extension.SIZE)) {
      command.append(" SIZE=").append(transaction.content().size());
    }
    if (transaction.body() == Transaction.Body.EIGHT_BIT && offered.has(Extension.EIGHT_BIT_MIME)) {
      command.append(" BODY=8BITMIME");
    }
    if (transaction.isFromBeyondAscii()
        || envelopes.stream().map(Envelope::recipient).anyMatch(EnvelopeCommands::needsUtf8)) {
      command.append(" SMTPUTF8");
    }
    reports(transaction).map(DsnRequest::ofMail).ifPresent(command::append);
    return command.toString();
  }

  String recipient(Transaction transaction, Envelope envelope) {
    return "RCPT TO:<"
        + path(envelope.recipient())
        + ">"
        + reports(transaction).map(DsnRequest::ofRecipient).orElse("");
  }

  private Optional<DsnRequest> reports(Transaction transaction) {
    return transaction.reports().filter(_ -> offered.has(Extension.DSN));
  }

  /** With the domain as DNS knows it, which every server takes (RFC 6531 §3.3). */
  private static String path(EmailAddress address) {
    return address.localPart()
        + "@"
        + InternationalDomain.inALabels(address.domain()).orElse(address.domain());
  }

  private static boolean needsUtf8(EmailAddress address) {
    return address.localPartCharset() == LocalPartCharset.UTF_8;
  }
}
