package io.leverans.mail.simulator.google;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The mail of one account, its newest mails within 64 MB, newest first. Safe for use by many
 * threads.
 */
final class Mailbox {
  private static final int KEPT = 1000;
  private static final long KEPT_BYTES = 64L * 1024 * 1024;
  private static final long FIRST_STEP = 1000;
  private static final AtomicLong SERIALS = new AtomicLong(0x18f0000000000000L);

  private final List<SimulatedMail> mails = new ArrayList<>();
  private long keptBytes;
  private long step = FIRST_STEP;
  private long forgotten = FIRST_STEP;

  /** Puts a mail into the thread that it answers, or into one of its own. */
  synchronized SimulatedMail add(
      byte[] bytes, Set<String> labels, Instant date, Optional<String> wantedThread) {
    MailHeader header = MailHeader.of(bytes);
    String id = Long.toHexString(SERIALS.incrementAndGet());
    String thread = threadOf(header, wantedThread).orElse(id);
    var mail = new SimulatedMail(id, thread, labels, date, bytes, ++step);
    mails.addFirst(mail);
    keptBytes += bytes.length;
    while (mails.size() > KEPT || (keptBytes > KEPT_BYTES && mails.size() > 1)) {
      SimulatedMail oldest = mails.removeLast();
      keptBytes -= oldest.bytes().length;
      forgotten = oldest.step();
    }
    return mail;
  }

  synchronized List<SimulatedMail> mails() {
    return List.copyOf(mails);
  }

  /** The place in its history where it is now. */
  synchronized long step() {
    return step;
  }

  /** What came after a step, oldest first; empty if some of it is not known any more. */
  synchronized Optional<List<SimulatedMail>> since(long start) {
    return start < forgotten
        ? Optional.empty()
        : Optional.of(mails.reversed().stream().filter(mail -> mail.step() > start).toList());
  }

  synchronized Optional<SimulatedMail> find(String id) {
    return mails.stream().filter(mail -> mail.id().equals(id)).findFirst();
  }

  /** The mails of a thread, oldest first; none if there is no such thread. */
  synchronized List<SimulatedMail> thread(String threadId) {
    return mails.reversed().stream().filter(mail -> mail.threadId().equals(threadId)).toList();
  }

  /**
   * Where a mail belongs: it must name one that is there, with the same subject, and in the thread
   * that was asked for if one was.
   */
  private Optional<String> threadOf(MailHeader header, Optional<String> wanted) {
    String named =
        header.value("References").orElse("") + ' ' + header.value("In-Reply-To").orElse("");
    List<String> ids = Arrays.asList(named.strip().split("\\s+", -1));
    return mails.stream()
        .filter(mail -> wanted.isEmpty() || mail.threadId().equals(wanted.get()))
        .filter(mail -> mail.header("Message-ID").filter(ids::contains).isPresent())
        .filter(mail -> subject(mail.header()).equals(subject(header)))
        .map(SimulatedMail::threadId)
        .findFirst();
  }

  private static String subject(MailHeader header) {
    return header
        .value("Subject")
        .orElse("")
        .toLowerCase(Locale.ROOT)
        .replaceFirst("^((re|aw|fwd|fw|sv|antw)\\s*:\\s*)+", "");
  }
}
