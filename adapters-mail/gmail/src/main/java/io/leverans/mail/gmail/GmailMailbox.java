package io.leverans.mail.gmail;

import io.leverans.domain.bounce.BounceMailbox;
import io.leverans.domain.bounce.MailboxBook;
import io.leverans.domain.bounce.MailboxMark;
import io.leverans.domain.bounce.Visit;
import io.leverans.domain.channel.OpenChannel;
import io.leverans.domain.delivery.ChannelFault;
import io.leverans.mail.report.MailboxReports;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows the mailbox of a Google account whose owner lets us read reports there. */
final class GmailMailbox implements BounceMailbox {
  private static final Logger LOG = LoggerFactory.getLogger(GmailMailbox.class);

  private final GmailApi api;
  private final Verdicts verdicts;
  private final MailboxReports reports;
  private final InstantSource clock;

  GmailMailbox(GmailApi api, Verdicts verdicts, MailboxReports reports, InstantSource clock) {
    this.api = api;
    this.verdicts = verdicts;
    this.reports = reports;
    this.clock = clock;
  }

  @Override
  public Visit visit(OpenChannel channel, Optional<MailboxMark> from, MailboxBook book) {
    if (!Scopes.mayReadReports(channel.settings())) {
      return prevented(Faults.reportsForbidden("Google was not asked for leave to read mail."));
    }
    Account account = Account.require(channel.settings());
    var history = new MailboxHistory(api.open(channel.settings(), Gate.OPEN, new Diary()));
    var walk = new MailboxWalk(history, reports, account.address().toString(), clock, book);
    try {
      return walk.from(from);
    } catch (RefusedException refused) {
      return refused(refused.answer());
    } catch (IOException broken) {
      return prevented(Faults.notReached("Gmail could not be asked: " + broken.getMessage()));
    } finally {
      if (walk.passedOver() > 0) {
        LOG.warn(
            "{} messages in the mailbox of channel {} were passed over: what Google answered for"
                + " them cannot be read",
            walk.passedOver(),
            channel.id().value());
      }
    }
  }

  /** Whatever it is, it is said of reading alone: sending has limits of its own. */
  private Visit refused(GoogleAnswer answer) {
    String words = "Google said: " + answer.words();
    return switch (Meaning.of(answer)) {
      case SIGN_IN -> prevented(Faults.signIn(words));
      case SCOPE_MISSING -> prevented(Faults.reportsForbidden(words));
      case ADMIN_FORBIDS -> prevented(Faults.adminForbids(words));
      case API_OFF -> prevented(Faults.apiOff(words));
      case NO_MAILBOX -> prevented(Faults.noMailbox(words));
      case ACCOUNT_SPENT, PROJECT_SPENT, TOO_FAST ->
          new Visit.Prevented(Faults.askedTooMuch(words), verdicts.told(answer));
      case PRECONDITION,
          TOO_LARGE,
          THREAD,
          RECIPIENTS,
          SENDER,
          CONTENT,
          REQUEST,
          NOT_FOUND,
          TROUBLE,
          GATEWAY,
          UNTOLD ->
          new Visit.Prevented(Faults.unreadable(words), verdicts.told(answer));
    };
  }

  private static Visit prevented(ChannelFault fault) {
    return new Visit.Prevented(fault, Optional.<Duration>empty());
  }
}
