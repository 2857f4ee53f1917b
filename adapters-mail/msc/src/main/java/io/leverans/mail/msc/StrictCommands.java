package io.leverans.mail.msc;

import java.io.IOException;
import org.subethamail.smtp.DropConnectionException;
import org.subethamail.smtp.internal.command.DataCommand;
import org.subethamail.smtp.internal.server.BaseCommand;
import org.subethamail.smtp.server.SMTPServer;
import org.subethamail.smtp.server.Session;

/**
 * Commands of the server that have to be other than its own: a connection that breaks inside of
 * BDAT looks there like the end of the message, and a message that was refused leaves its
 * transaction open.
 */
final class StrictCommands {
  private StrictCommands() {}

  static void installIn(SMTPServer server) {
    server.getCommandHandler().addCommand(new Ehlo());
    server.getCommandHandler().addCommand(new Bdat());
    server.getCommandHandler().addCommand(new Data());
  }

  /** Offers what is really there (RFC 1870, RFC 6152, RFC 6531), and no CHUNKING. */
  private static final class Ehlo extends BaseCommand {
    Ehlo() {
      super("EHLO", "Introduce yourself.", "<hostname>");
    }

    @Override
    public void execute(String command, Session session) throws IOException {
      String[] words = getArgs(command);
      if (words.length < 2) {
        session.sendResponse("501 5.5.4 Syntax: EHLO hostname");
        return;
      }
      session.resetMailTransaction();
      session.setHelo(words[1]);
      session.sendResponse(
          """
          250-%s\r
          250-8BITMIME\r
          250-SIZE %d\r
          250 SMTPUTF8\
          """
              .formatted(
                  session.getServer().getHostName(), session.getServer().getMaxMessageSize()));
    }
  }

  private static final class Bdat extends BaseCommand {
    Bdat() {
      super("BDAT", "Not offered.");
    }

    @Override
    public void execute(String command, Session session)
        throws IOException, DropConnectionException {
      throw new DropConnectionException(502, "5.5.1 BDAT is not offered here");
    }
  }

  /** Ends the transaction also when the message was refused (RFC 5321 §4.1.1.4). */
  private static final class Data extends BaseCommand {
    private final DataCommand original = new DataCommand();

    Data() {
      super("DATA", "What follows is the message; a line with a dot ends it.");
    }

    @Override
    public void execute(String command, Session session)
        throws IOException, DropConnectionException {
      boolean hasRecipients = session.getRecipientCount() > 0;
      original.execute(command, session);
      if (hasRecipients && session.isMailTransactionInProgress()) {
        session.resetMailTransaction();
      }
    }
  }
}
