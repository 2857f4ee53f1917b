package io.leverans.application.service.sending;

import java.time.Duration;
import java.time.Instant;

/**
 * How many conversations a lane bears at a time, and how many ended on it of late. Safe for use by
 * many threads.
 */
final class LaneTempo {
  private static final Duration STRETCH = Duration.ofMillis(200);
  private static final int WAITING_AND_SPEAKING = 2;

  private int conversations;
  private Instant since = Instant.EPOCH;
  private int ended;
  private int endedBefore;

  synchronized void bears(int atATime) {
    conversations = atATime;
  }

  synchronized void ended(Instant now) {
    proceedTo(now);
    ended++;
  }

  /**
   * How many attempts that have not spoken are worth having: as many again as speak, so that no
   * connection has to wait for the next; and where conversations are short, as many as end within
   * about a fifth of a second, so that they do not run out before the next claim. Who comes next
   * waits for one turn of the connections or for that fifth, and no longer.
   */
  synchronized int worthHaving(Instant now) {
    proceedTo(now);
    return Math.max(WAITING_AND_SPEAKING * conversations, Math.max(endedBefore, ended));
  }

  private void proceedTo(Instant now) {
    Duration gone = Duration.between(since, now);
    if (gone.compareTo(STRETCH) >= 0 || gone.isNegative()) {
      boolean follows = !gone.isNegative() && gone.compareTo(STRETCH.multipliedBy(2)) < 0;
      endedBefore = follows ? ended : 0;
      ended = 0;
      since = now;
    }
  }
}
