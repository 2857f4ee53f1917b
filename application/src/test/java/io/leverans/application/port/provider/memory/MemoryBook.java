package io.leverans.application.port.provider.memory;

import io.leverans.domain.bounce.FoundReport;
import io.leverans.domain.bounce.MailboxBook;
import io.leverans.domain.bounce.MailboxMark;
import io.leverans.domain.bounce.ReportInbox.Receipt;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Keeps what a visitor to a mailbox tells, and answers as it was told to. Safe for many threads.
 */
public final class MemoryBook implements MailboxBook {
  private final List<FoundReport> reports = new CopyOnWriteArrayList<>();
  private final List<MailboxMark> marks = new CopyOnWriteArrayList<>();
  private volatile Receipt receipt = Receipt.STORED;
  private volatile Stay stay;

  /** One that says so to visitors as long as nothing else is said. */
  public MemoryBook(Stay stay) {
    this.stay = stay;
  }

  @Override
  public Receipt receive(FoundReport report) {
    reports.add(report);
    return receipt;
  }

  @Override
  public Stay reached(MailboxMark mark) {
    marks.add(mark);
    return stay;
  }

  /** Says this to visitors from now on. */
  public void say(Stay next) {
    stay = next;
  }

  /** Says this of reports from now on. */
  public void say(Receipt next) {
    receipt = next;
  }

  public void forget() {
    reports.clear();
  }

  public List<FoundReport> reports() {
    return List.copyOf(reports);
  }

  public List<MailboxMark> marks() {
    return List.copyOf(marks);
  }

  /** Where a visitor goes on the next time. */
  public Optional<MailboxMark> last() {
    return Optional.of(marks.getLast());
  }
}
