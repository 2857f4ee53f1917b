package io.leverans.mail.smtp;

import io.leverans.application.port.provider.Proof;
import io.leverans.domain.channel.OpenChannel;
import io.leverans.mail.conversation.Transcript;
import io.leverans.mail.smtp.imap.ImapProof;
import io.leverans.mail.smtp.imap.ImapProof.Hurdle;
import io.leverans.mail.smtp.imap.ImapServer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Tries the mailbox of a channel whose server works, where bounces are to be read in one. */
final class MailboxProof {
  private final ImapProof proof;

  MailboxProof(ImapProof proof) {
    this.proof = proof;
  }

  Proof after(Proof sending, OpenChannel channel) {
    Optional<ImapServer> mailbox = ServerSettings.of(channel.settings()).mailbox();
    return sending instanceof Proof.Works works && mailbox.isPresent()
        ? both(works, mailbox.get())
        : sending;
  }

  private Proof both(Proof.Works sending, ImapServer mailbox) {
    Transcript transcript = new Transcript();
    ImapProof.Result reading = proof.of(mailbox, transcript);
    List<String> lines = joined(sending.transcript(), transcript.lines());
    return switch (reading) {
      case ImapProof.Result.Open(var finding) ->
          new Proof.Works(joined(sending.findings(), List.of(finding)), lines);
      case ImapProof.Result.Shut(var fault, var hurdle) ->
          new Proof.Fails(fault, Optional.of(field(hurdle)), lines, Proof.Prevents.READING_BOUNCES);
    };
  }

  private static String field(Hurdle hurdle) {
    return switch (hurdle) {
      case SERVER -> MailboxFields.HOST;
      case ENCRYPTION -> MailboxFields.SECURITY;
      case SIGN_IN -> MailboxFields.PASSWORD;
      case FOLDER -> MailboxFields.FOLDER;
    };
  }

  private static List<String> joined(List<String> some, List<String> more) {
    return Stream.concat(some.stream(), more.stream()).toList();
  }
}
