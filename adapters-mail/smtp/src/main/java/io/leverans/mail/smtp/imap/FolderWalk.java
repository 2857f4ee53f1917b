package io.leverans.mail.smtp.imap;

import io.leverans.domain.bounce.FoundReport;
import io.leverans.domain.bounce.MailboxBook;
import io.leverans.domain.bounce.MailboxBook.Stay;
import io.leverans.domain.bounce.MailboxMark;
import io.leverans.domain.bounce.ReportInbox.Receipt;
import io.leverans.mail.report.MailboxReports;
import io.leverans.mail.report.ReportSigns;
import io.leverans.mail.report.ReportSigns.Promise;
import io.leverans.mail.smtp.imap.ImapSession.Folder;
import io.leverans.mail.smtp.imap.ImapSession.Sight;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** One visit to a folder, in the order in which mails came. For one thread. */
final class FolderWalk {
  /** As long as a report can be linked, and a day for time zones. */
  private static final int DAYS_BACK = 31;

  private static final int AT_A_TIME = 100;
  private static final int LARGEST_HEADER = 32 * 1024;
  private static final Duration SLICE = Duration.ofSeconds(30);

  /** A server may take its time for a single mail; whoever waits for us has to see us move. */
  private static final Duration UNSEEN = Duration.ofSeconds(30);

  /** Not all that say that they tell of news do. */
  private static final int SLICES = 10;

  private final ImapSession session;
  private final ImapServer server;
  private final MailboxReports reports;
  private final InstantSource clock;
  private final MailboxBook book;
  private Instant noted;

  FolderWalk(
      ImapSession session,
      ImapServer server,
      MailboxReports reports,
      InstantSource clock,
      MailboxBook book) {
    this.session = session;
    this.server = server;
    this.reports = reports;
    this.clock = clock;
    this.book = book;
    this.noted = clock.instant();
  }

  /** Where the walk is, and whether it goes on. */
  private record Step(long uid, Stay stay) {}

  void from(Optional<MailboxMark> mark) throws IOException {
    Folder folder = session.examine(server.folder());
    Optional<Long> known = UidMark.uidIn(mark, server, folder.validity());
    Step step =
        known.isPresent()
            ? catchUp(folder, known.get())
            : readAll(folder, session.since(someTimeAgo()), Math.max(folder.next() - 1, 0));
    while (step.stay() == Stay.GO_ON && session.offers("IDLE")) {
      step = await(folder, step.uid());
    }
  }

  private LocalDate someTimeAgo() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(DAYS_BACK);
  }

  private Step catchUp(Folder folder, long uid) throws IOException {
    return readAll(folder, session.from(uid + 1), uid);
  }

  private Step await(Folder folder, long uid) throws IOException {
    var slices = new Slices(folder, uid);
    var _ = session.idle(SLICE, slices::next);
    return slices.last == Stay.LEAVE ? new Step(uid, Stay.LEAVE) : catchUp(folder, uid);
  }

  /** What the book says in between, and an end to waiting in any case. */
  private final class Slices {
    private final Folder folder;
    private final long uid;
    private int passed;
    private Stay last = Stay.GO_ON;

    Slices(Folder folder, long uid) {
      this.folder = folder;
      this.uid = uid;
    }

    Stay next() {
      last = reached(folder, uid);
      return ++passed >= SLICES ? Stay.LEAVE : last;
    }
  }

  /**
   * Reads mails.
   *
   * @param uids ascending
   * @param atLeast where the folder is read to even if there is none
   */
  private Step readAll(Folder folder, List<Long> uids, long atLeast) throws IOException {
    for (int at = 0; at < uids.size(); at += AT_A_TIME) {
      List<Long> some = uids.subList(at, Math.min(at + AT_A_TIME, uids.size()));
      Optional<Step> early = read(folder, some);
      if (early.isPresent()) {
        return early.get();
      }
      if (reached(folder, some.getLast()) == Stay.LEAVE) {
        return new Step(some.getLast(), Stay.LEAVE);
      }
    }
    long last = uids.isEmpty() ? atLeast : Math.max(uids.getLast(), atLeast);
    return new Step(last, reached(folder, last));
  }

  /** Where it ends early, if the book takes one of them no more or sends us away. */
  private Optional<Step> read(Folder folder, List<Long> uids) throws IOException {
    for (Sight sight : session.look(uids, ReportSigns.FIELDS, LARGEST_HEADER)) {
      if (ReportSigns.of(sight.header()) == Promise.MAYBE_A_REPORT) {
        Optional<FoundReport> report =
            session
                .fetch(sight.uid(), MailboxReports.MOST_OCTETS)
                .flatMap(mail -> reports.read(mail, server.user()));
        if (report.isPresent() && book.receive(report.get()) != Receipt.STORED) {
          return Optional.of(new Step(sight.uid() - 1, Stay.LEAVE));
        }
      }
      if (isLongUnseen() && reached(folder, sight.uid()) == Stay.LEAVE) {
        return Optional.of(new Step(sight.uid(), Stay.LEAVE));
      }
    }
    return Optional.empty();
  }

  private boolean isLongUnseen() {
    return Duration.between(noted, clock.instant()).abs().compareTo(UNSEEN) >= 0;
  }

  private Stay reached(Folder folder, long uid) {
    noted = clock.instant();
    return book.reached(UidMark.of(server, folder.validity(), uid).written());
  }
}
