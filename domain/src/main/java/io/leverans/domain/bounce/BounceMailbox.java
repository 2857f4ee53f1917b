package io.leverans.domain.bounce;

import io.leverans.domain.channel.OpenChannel;
import java.util.Optional;

/**
 * Reads the reports on a channel's mail in the mailbox that they come to, and changes nothing
 * there. Safe for use by many threads.
 */
@FunctionalInterface
public interface BounceMailbox {
  /**
   * Hands over what came after a place, in the order of the mailbox, and may stay for more for as
   * long as the book lets it. A place is told only when all reports before it are {@link
   * ReportInbox.Receipt#STORED}; a report that is not stored ends the visit before it.
   *
   * <p>Without a place, or where the provider knows it no more, it begins anew so far back that
   * reports may still be linked, and hands over some a second time, with the same keys.
   *
   * @param from where the last visit had come to, if there was one
   * @return why it ended; trouble is an answer, not an exception
   */
  Visit visit(OpenChannel channel, Optional<MailboxMark> from, MailboxBook book);
}
