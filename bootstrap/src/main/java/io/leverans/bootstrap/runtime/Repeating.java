package io.leverans.bootstrap.runtime;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does one thing again and again, whatever goes wrong in between. */
public final class Repeating implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Repeating.class);

  private final ScheduledExecutorService executor;
  private final String what;
  private final Runnable task;

  /**
   * Starts at once.
   *
   * @param what names it in the log
   * @param pause between the end of one time and the start of the next
   */
  public Repeating(String what, Duration pause, Runnable task) {
    this.what = what;
    this.task = task;
    executor =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name(what.replace(' ', '-')).daemon().factory());
    var _ = executor.scheduleWithFixedDelay(this::once, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void once() {
    try {
      task.run();
    } catch (RuntimeException e) {
      log.error("{} failed and will be tried again", what, e);
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
