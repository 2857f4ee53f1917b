package io.leverans.mail.gmail;

import io.leverans.domain.channel.OpenChannel;
import io.leverans.domain.delivery.Dispatch;
import io.leverans.domain.delivery.Finding;
import io.leverans.domain.delivery.HandOverInquiry;
import io.leverans.mail.gmail.MailboxSearch.Sought;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/** Looks for a message among those that the account sent, if its owner lets us read. */
final class GmailInquiry implements HandOverInquiry {
  /** Gmail shows a message in a search some time after it took it. */
  static final Duration PROVES_NOTHING = Duration.ofMinutes(10);

  private final MailboxSearch search;
  private final Letterhead letterhead;

  GmailInquiry(MailboxSearch search, Letterhead letterhead) {
    this.search = search;
    this.letterhead = letterhead;
  }

  @Override
  public Finding inquire(
      Dispatch dispatch, OpenChannel channel, Instant handedOverAt, Instant askedAt) {
    if (!Scopes.mayLookUp(channel.settings())) {
      return new Finding.CannotTell(
          "The account does not let the platform look into its mailbox. Look into the Sent folder,"
              + " or connect the account again with \"Look up mail in doubt\" switched on.");
    }
    try {
      String messageId = Header.of(dispatch.content()).first("Message-ID").orElse("");
      Sought sought =
          search.sent(messageId, letterhead.mark(dispatch), handedOverAt, channel.settings());
      return finding(sought, Duration.between(handedOverAt, askedAt));
    } catch (IOException unknown) {
      return new Finding.CannotTell("Gmail could not be asked: " + unknown.getMessage() + ".");
    }
  }

  private static Finding finding(Sought sought, Duration since) {
    return switch (sought) {
      case Sought.Found(var reference) -> new Finding.Happened(reference.toString());
      case Sought.TooMuch() ->
          new Finding.CannotTell(
              "The account sent more at that time than is looked through. Look into its Sent"
                  + " folder.");
      case Sought.NotThere() ->
          since.compareTo(PROVES_NOTHING) < 0
              ? new Finding.CannotTell(
                  "It is not in the Sent folder yet, which proves nothing for ten minutes.")
              : new Finding.DidNotHappen();
    };
  }
}
