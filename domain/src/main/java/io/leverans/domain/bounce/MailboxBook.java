package io.leverans.domain.bounce;

import io.leverans.domain.bounce.ReportInbox.Receipt;

/** The book that is kept of one mailbox during a visit. For the visitor's thread. */
public interface MailboxBook {
  /** Keeps a report durably; one that was kept before is not kept twice, and is safe as well. */
  Receipt receive(FoundReport report);

  /**
   * Notes durably how far the mailbox was read. A visitor who waits says it again now and then,
   * with the same place: that is how others know that somebody is there.
   */
  Stay reached(MailboxMark mark);

  /** Whether the visitor may go on. */
  enum Stay {
    GO_ON,
    /** The mailbox is somebody else's by now, or the visit is over. */
    LEAVE
  }
}
