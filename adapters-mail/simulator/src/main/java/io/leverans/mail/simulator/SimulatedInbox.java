package io.leverans.mail.simulator;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * All mail that arrived in the world: the newest mails themselves, and of every mail how often it
 * came. Safe for use by many threads.
 */
public final class SimulatedInbox {
  private final int keptMails;
  private final long keptBytes;
  private final MailReader reader;
  private final ArrayDeque<ArrivedMail> newest = new ArrayDeque<>();
  private final Map<String, Map<String, Integer>> arrivals = new HashMap<>();
  private final List<Consumer<ArrivedMail>> watchers = new CopyOnWriteArrayList<>();
  private long bytes;
  private long total;

  SimulatedInbox(int keptMails, long keptBytes, MailReader reader) {
    this.keptMails = keptMails;
    this.keptBytes = keptBytes;
    this.reader = reader;
  }

  void arrived(ArrivedMail mail) {
    String messageId = mail.messageId().orElse("");
    String recipient = canonical(mail.recipient());
    synchronized (this) {
      total++;
      arrivals.computeIfAbsent(messageId, _ -> new TreeMap<>()).merge(recipient, 1, Integer::sum);
      newest.addFirst(mail);
      bytes += mail.bytes().length;
      while (newest.size() > keptMails || (bytes > keptBytes && newest.size() > 1)) {
        bytes -= newest.removeLast().bytes().length;
      }
    }
    watchers.forEach(watcher -> watcher.accept(mail));
  }

  /** Tells of every mail that arrives from now on. */
  void watch(Consumer<ArrivedMail> watcher) {
    watchers.add(watcher);
  }

  /** The kept mails for an address, compared without regard to case, newest first. */
  public List<ArrivedMail> mailFor(String address) {
    return newest().filter(mail -> mail.recipient().equalsIgnoreCase(address)).toList();
  }

  /** All kept mails, newest first. */
  public Stream<ArrivedMail> newest() {
    synchronized (this) {
      return new ArrayList<>(newest).stream();
    }
  }

  /**
   * How often a message arrived for each recipient it arrived for, in lower case. This holds for
   * all mail since the start, whether kept or not.
   *
   * @param messageId the Message-ID field as it stands in the message, with its angle brackets
   */
  public synchronized SortedMap<String, Integer> arrivals(String messageId) {
    return new TreeMap<>(arrivals.getOrDefault(messageId, Map.of()));
  }

  /** How often a message arrived for one recipient since the start. */
  public synchronized int arrivals(String messageId, String recipient) {
    return arrivals.getOrDefault(messageId, Map.of()).getOrDefault(canonical(recipient), 0);
  }

  /**
   * What arrived more than once: by Message-ID, how often for each recipient that got it again.
   * Mail without a Message-ID does not count.
   */
  public synchronized SortedMap<String, SortedMap<String, Integer>> repeated() {
    var repeated = new TreeMap<String, SortedMap<String, Integer>>();
    arrivals.forEach(
        (messageId, counts) -> {
          var again = new TreeMap<>(counts);
          again.values().removeIf(count -> count < 2);
          if (!again.isEmpty() && !messageId.isEmpty()) {
            repeated.put(messageId, again);
          }
        });
    return repeated;
  }

  /** How many mails arrived since the start, one for each recipient of a message. */
  public synchronized long total() {
    return total;
  }

  MailReader reader() {
    return reader;
  }

  private static String canonical(String address) {
    return address.toLowerCase(Locale.ROOT);
  }
}
