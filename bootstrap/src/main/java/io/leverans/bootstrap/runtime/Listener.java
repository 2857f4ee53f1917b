package io.leverans.bootstrap.runtime;

import io.leverans.persistence.WakeUps;
import io.leverans.persistence.WakeUps.Ear;
import java.sql.SQLException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rings the bell when another node tells of mail, and goes on listening when that broke off. */
public final class Listener implements AutoCloseable {
  private static final Duration CHECK = Duration.ofSeconds(10);
  private static final Duration PAUSE_AFTER_TROUBLE = Duration.ofSeconds(1);
  private static final Logger log = LoggerFactory.getLogger(Listener.class);

  private final WakeUps wakeUps;
  private final Bell bell;
  private final Thread thread;
  private volatile boolean stopping;

  public Listener(WakeUps wakeUps, Bell bell) {
    this.wakeUps = wakeUps;
    this.bell = bell;
    this.thread = Thread.ofVirtual().name("listener").start(this::run);
  }

  private void run() {
    try {
      while (!stopping) {
        listen();
        if (!stopping) {
          Thread.sleep(PAUSE_AFTER_TROUBLE);
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** What came before it listened may have been missed, so it rings once at first. */
  private void listen() {
    try (Ear ear = wakeUps.listen()) {
      bell.ring();
      bell.isRungByOthers(Bell.Others.HEARD);
      while (!stopping) {
        if (ear.await(CHECK) > 0) {
          bell.ring();
        }
      }
    } catch (SQLException e) {
      if (!stopping) {
        log.warn("other nodes are not heard, mail is found by looking: {}", e.getMessage());
      }
    } finally {
      bell.isRungByOthers(Bell.Others.NOT_HEARD);
    }
  }

  /** An interrupt closes the connection that a virtual thread waits for. */
  @Override
  public void close() {
    stopping = true;
    thread.interrupt();
  }
}
