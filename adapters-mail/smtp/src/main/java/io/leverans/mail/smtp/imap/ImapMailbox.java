package io.leverans.mail.smtp.imap;

import io.leverans.domain.bounce.BounceMailbox;
import io.leverans.domain.bounce.MailboxBook;
import io.leverans.domain.bounce.MailboxMark;
import io.leverans.domain.bounce.Visit;
import io.leverans.domain.channel.ChannelSettings;
import io.leverans.domain.channel.OpenChannel;
import io.leverans.mail.conversation.Timeouts;
import io.leverans.mail.conversation.Transcript;
import io.leverans.mail.report.MailboxReports;
import io.leverans.mail.smtp.imap.ImapFaultException.Stage;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/** Follows a folder over IMAP: waits for news where the server tells of them. */
public final class ImapMailbox implements BounceMailbox {
  private final ImapDoor door;
  private final Timeouts timeouts;
  private final MailboxReports reports;
  private final InstantSource clock;
  private final Function<ChannelSettings, Optional<ImapServer>> servers;

  /**
   * For the mailboxes of all channels.
   *
   * @param servers reads where a channel's mailbox is; empty if it has none
   */
  public ImapMailbox(
      ImapDoor door,
      Timeouts timeouts,
      MailboxReports reports,
      InstantSource clock,
      Function<ChannelSettings, Optional<ImapServer>> servers) {
    this.door = door;
    this.timeouts = timeouts;
    this.reports = reports;
    this.clock = clock;
    this.servers = servers;
  }

  @Override
  public Visit visit(OpenChannel channel, Optional<MailboxMark> from, MailboxBook book) {
    Optional<ImapServer> server = servers.apply(channel.settings());
    return server.isEmpty() ? new Visit.Over() : visit(server.get(), from, book);
  }

  private Visit visit(ImapServer server, Optional<MailboxMark> from, MailboxBook book) {
    try {
      ImapSession session = door.open(server, timeouts, new Transcript());
      try (ImapLink _ = session.link()) {
        new FolderWalk(session, server, reports, clock, book).from(from);
        session.logout();
        return new Visit.Over();
      }
    } catch (ImapFaultException prevented) {
      return new Visit.Prevented(prevented.fault(), Optional.empty());
    } catch (IOException broken) {
      return new Visit.Prevented(
          ImapFaultException.network(
                  Stage.READING, "The link to the mailbox broke: " + broken.getMessage())
              .fault(),
          Optional.empty());
    }
  }
}
