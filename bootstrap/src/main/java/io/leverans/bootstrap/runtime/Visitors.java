package io.leverans.bootstrap.runtime;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs what waits for others most of its time, and interrupts it in the end. */
public final class Visitors implements Executor, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Visitors.class);
  private static final Duration GOODBYE = Duration.ofSeconds(5);

  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("visitor-", 0).factory());

  @Override
  public void execute(Runnable visit) {
    threads.execute(visit);
  }

  /** What does not end in time is left to its lease. */
  @Override
  public void close() {
    var _ = threads.shutdownNow();
    try {
      if (!threads.awaitTermination(GOODBYE.toMillis(), TimeUnit.MILLISECONDS)) {
        log.warn("some mailboxes are still being read; others take over in a few minutes");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
