package io.leverans.bootstrap.runtime;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Tells the dispatch loop that something may be due, so that it need not wait for the next poll.
 */
public final class Bell {
  private final Semaphore rings = new Semaphore(0);
  private volatile Others others = Others.NOT_HEARD;

  /** Whether it rings for what other nodes accept, too. */
  enum Others {
    HEARD,
    NOT_HEARD
  }

  public void ring() {
    rings.release();
  }

  void isRungByOthers(Others now) {
    others = now;
  }

  Others others() {
    return others;
  }

  /** Forgets what rang so far: the caller is about to look. */
  void silence() {
    rings.drainPermits();
  }

  /** Waits until it rings, or for so long. */
  void await(Duration patience) throws InterruptedException {
    var _ = rings.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
  }
}
