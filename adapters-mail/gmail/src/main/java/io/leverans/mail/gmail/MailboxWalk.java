package io.leverans.mail.gmail;

import com.google.api.services.gmail.model.ListMessagesResponse;
import com.google.api.services.gmail.model.Message;
import io.leverans.domain.bounce.FoundReport;
import io.leverans.domain.bounce.MailboxBook;
import io.leverans.domain.bounce.MailboxBook.Stay;
import io.leverans.domain.bounce.MailboxMark;
import io.leverans.domain.bounce.ReportInbox.Receipt;
import io.leverans.domain.bounce.Visit;
import io.leverans.mail.gmail.HistoryMark.Followed;
import io.leverans.mail.gmail.HistoryMark.Searching;
import io.leverans.mail.gmail.MailboxHistory.Page;
import io.leverans.mail.gmail.MailboxHistory.Sight;
import io.leverans.mail.report.MailboxReports;
import io.leverans.mail.report.ReportSigns;
import io.leverans.mail.report.ReportSigns.Promise;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** One visit to a mailbox. For one thread. */
final class MailboxWalk {
  /** As long as a report can be linked. Gmail keeps the history for a week or so. */
  private static final String ANEW =
      "newer_than:30d -in:sent -in:drafts -in:chats {from:mailer-daemon from:postmaster"
          + " from:microsoftexchange from:bounce subject:undeliverable subject:undelivered"
          + " subject:\"delivery status notification\" subject:\"delivery failure\""
          + " subject:\"failure notice\" subject:\"returned mail\" subject:\"automatic reply\""
          + " subject:\"out of office\"}";

  private static final int MOST_FOUND = 2_000;

  /** A look costs 5 of the 15,000 units that an account has in a minute. */
  private static final int MOST_IN_A_VISIT = 300;

  /** Google may take its time for a page; whoever waits for us has to see that we are there. */
  private static final Duration UNSEEN = Duration.ofSeconds(30);

  /** What an answer can hold, in base64. */
  private static final int LARGEST_AS_IT_CAME = 2_500_000;

  private final MailboxHistory history;
  private final MailboxReports reports;
  private final String mailbox;
  private final InstantSource clock;
  private final MailboxBook book;
  private Instant noted;
  private int looked;
  private int passedOver;

  MailboxWalk(
      MailboxHistory history,
      MailboxReports reports,
      String mailbox,
      InstantSource clock,
      MailboxBook book) {
    this.history = history;
    this.reports = reports;
    this.mailbox = mailbox;
    this.clock = clock;
    this.book = book;
    this.noted = clock.instant();
  }

  /** How many messages came in a form that nobody can read. */
  int passedOver() {
    return passedOver;
  }

  /** Whether the walk goes on. */
  private enum Way {
    OPEN,
    /** The book takes no more. */
    BARRED
  }

  Visit from(Optional<MailboxMark> mark) throws IOException {
    Optional<HistoryMark> known = mark.flatMap(HistoryMark::parse);
    if (known.isEmpty()) {
      return search(new Searching(history.now(), 0));
    }
    return switch (known.get()) {
      case Followed(var place) -> follow(place);
      case Searching searching -> search(searching);
    };
  }

  private Visit follow(BigInteger start) throws IOException {
    Optional<String> next = Optional.empty();
    HistoryMark mark = new Followed(start);
    do {
      Optional<Page> page = history.since(start, next);
      if (page.isEmpty()) {
        return search(new Searching(history.now(), 0));
      }
      if (lookAt(page.get().messages(), mark) == Way.BARRED) {
        return new Visit.Over();
      }
      mark = new Followed(page.get().reached());
      Stay stay = reached(mark);
      next = page.get().next();
      if (next.isPresent() && (stay == Stay.LEAVE || looked >= MOST_IN_A_VISIT)) {
        return new Visit.ToBeContinued();
      }
    } while (next.isPresent());
    return new Visit.Over();
  }

  /** What came in meanwhile shifts what is found: some is looked at twice, and none is missed. */
  private Visit search(Searching from) throws IOException {
    int at = 0;
    Optional<String> next = Optional.empty();
    HistoryMark mark = from;
    do {
      ListMessagesResponse found = history.search(ANEW, next);
      List<String> messages =
          MailboxHistory.listed(found.getMessages()).stream().map(Message::getId).toList();
      int skipped = Math.clamp(from.looked() - (long) at, 0, messages.size());
      if (lookAt(messages.subList(skipped, messages.size()), mark) == Way.BARRED) {
        return new Visit.Over();
      }
      at += messages.size();
      next = Optional.ofNullable(found.getNextPageToken()).filter(_ -> !messages.isEmpty());
      boolean isDone = next.isEmpty() || at >= MOST_FOUND;
      mark =
          isDone
              ? new Followed(from.place())
              : new Searching(from.place(), Math.max(at, from.looked()));
      Stay stay = reached(mark);
      if (isDone || stay == Stay.LEAVE || looked >= MOST_IN_A_VISIT) {
        return new Visit.ToBeContinued();
      }
    } while (true);
  }

  /**
   * Looks at some messages.
   *
   * @param before where the walk is as long as it is not done with all of them
   */
  private Way lookAt(List<String> messages, HistoryMark before) throws IOException {
    for (String message : messages) {
      looked++;
      Optional<FoundReport> report = reportIn(message);
      if (report.isPresent() && book.receive(report.get()) != Receipt.STORED) {
        return Way.BARRED;
      }
      if (isLongUnseen()) {
        // Sent away or not, the page is read to its end: what is noted before it is no progress.
        Stay _ = reached(before);
      }
    }
    return Way.OPEN;
  }

  private boolean isLongUnseen() {
    return Duration.between(noted, clock.instant()).abs().compareTo(UNSEEN) >= 0;
  }

  private Stay reached(HistoryMark mark) {
    noted = clock.instant();
    return book.reached(mark.written());
  }

  /** A message that Google does not show in a form that can be read holds up no other. */
  private Optional<FoundReport> reportIn(String message) throws IOException {
    try {
      Optional<Sight> sight = history.look(message);
      return sight.isPresent() && ReportSigns.of(sight.get().header()) == Promise.MAYBE_A_REPORT
          ? whole(message, sight.get().size()).flatMap(mail -> reports.read(mail, mailbox))
          : Optional.empty();
    } catch (SenselessAnswerException _) {
      passedOver++;
      return Optional.empty();
    }
  }

  private Optional<byte[]> whole(String message, int size) throws IOException {
    return size <= LARGEST_AS_IT_CAME
        ? history.raw(message)
        : history.parts(message).map(PutTogether::of);
  }
}
