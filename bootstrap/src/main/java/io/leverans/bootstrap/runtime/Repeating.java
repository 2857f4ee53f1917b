package io.leverans.bootstrap.runtime;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does one thing again and again, whatever goes wrong in between, memory that ran out as well. */
public final class Repeating implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Repeating.class);

  private final ScheduledExecutorService executor;
  private final String what;
  private final BooleanSupplier step;

  /**
   * Starts at once.
   *
   * @param what names it in the log
   * @param pause between the end of one time and the start of the next
   */
  public Repeating(String what, Duration pause, Runnable task) {
    this(
        what,
        pause,
        () -> {
          task.run();
          return true;
        });
  }

  private Repeating(String what, Duration pause, BooleanSupplier step) {
    this.what = what;
    this.step = step;
    executor =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name(what.replace(' ', '-')).daemon().factory());
    var _ = executor.scheduleWithFixedDelay(this::once, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Starts at once, and ends by itself.
   *
   * @param step does some, and says whether there may be more
   */
  public static Repeating untilDone(String what, Duration pause, BooleanSupplier step) {
    return new Repeating(what, pause, step);
  }

  private void once() {
    try {
      if (!step.getAsBoolean()) {
        executor.shutdown();
      }
    } catch (RuntimeException | Error e) {
      log.error("{} failed and will be tried again", what, e);
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
