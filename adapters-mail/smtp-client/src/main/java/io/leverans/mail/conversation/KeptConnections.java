package io.leverans.mail.conversation;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/** The connections to one address, busy and idle. Safe for use by many threads. */
final class KeptConnections {
  private final Places permits;
  private final Deque<Conversation> idle = new ArrayDeque<>();
  private int users;

  KeptConnections(int connections) {
    permits = new Places(connections);
  }

  /** One for each connection that may be busy. */
  Places permits() {
    return permits;
  }

  synchronized void userCame() {
    users++;
  }

  synchronized void userLeft() {
    users--;
  }

  /** Whether nobody would miss it. */
  synchronized boolean isForgotten() {
    return users == 0 && idle.isEmpty();
  }

  /** The one used last of those that serve: the others get the chance to grow old. */
  synchronized Optional<Conversation> takeLast(Predicate<Conversation> serves) {
    for (Iterator<Conversation> latest = idle.descendingIterator(); latest.hasNext(); ) {
      Conversation conversation = latest.next();
      if (serves.test(conversation)) {
        latest.remove();
        return Optional.of(conversation);
      }
    }
    return Optional.empty();
  }

  /** The oldest, if there are as many as may be, without the one that is to be opened. */
  synchronized Optional<Conversation> takeSurplus() {
    return idle.size() > permits.availablePermits() ? takeOldest() : Optional.empty();
  }

  synchronized Optional<Conversation> takeOldest() {
    return Optional.ofNullable(idle.pollFirst());
  }

  /** Since when nobody has used the oldest, if there is one, by {@link System#nanoTime}. */
  synchronized OptionalLong idleSince() {
    Conversation oldest = idle.peekFirst();
    return oldest == null ? OptionalLong.empty() : OptionalLong.of(oldest.idleSince());
  }

  /**
   * Keeps one more.
   *
   * @return the oldest ones that there is no place for any more
   */
  synchronized List<Conversation> put(Conversation conversation) {
    idle.addLast(conversation);
    List<Conversation> surplus = new ArrayList<>();
    while (idle.size() > permits.number()) {
      surplus.add(idle.removeFirst());
    }
    return surplus;
  }

  /** Those that nobody has used for so long; zero for all. */
  synchronized List<Conversation> takeIdleFor(Duration age) {
    long now = System.nanoTime();
    List<Conversation> old = new ArrayList<>();
    idle.removeIf(
        conversation -> {
          boolean isOld = now - conversation.idleSince() >= age.toNanos();
          if (isOld) {
            old.add(conversation);
          }
          return isOld;
        });
    return old;
  }
}
