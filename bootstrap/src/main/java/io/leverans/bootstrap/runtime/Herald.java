package io.leverans.bootstrap.runtime;

import io.leverans.persistence.WakeUps;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the other nodes that mail may be due, once for all that came within a short time. */
public final class Herald implements AutoCloseable {
  private static final Duration AT_MOST_EVERY = Duration.ofMillis(50);
  private static final Logger log = LoggerFactory.getLogger(Herald.class);

  private final WakeUps wakeUps;
  private final Semaphore news = new Semaphore(0);
  private final Thread thread;

  public Herald(WakeUps wakeUps) {
    this.wakeUps = wakeUps;
    this.thread = Thread.ofVirtual().name("herald").start(this::run);
  }

  /** Returns at once; what was committed before is seen by whoever is woken. */
  public void tell() {
    news.release();
  }

  private void run() {
    try {
      while (true) {
        news.acquire();
        news.drainPermits();
        tellOthers();
        Thread.sleep(AT_MOST_EVERY);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void tellOthers() {
    try {
      wakeUps.tell();
    } catch (RuntimeException e) {
      log.warn("other nodes could not be woken and find mail by themselves: {}", e.getMessage());
    }
  }

  /** What was to be told is told before it returns. */
  @Override
  public void close() {
    thread.interrupt();
    if (news.tryAcquire()) {
      tellOthers();
    }
  }
}
