package io.leverans.bootstrap.runtime;

import io.leverans.application.port.in.PurgeOldMail;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Purges step by step, round after round. After each step it rests for four times as long as that
 * took: however much there is to be purged, the database is others' for most of the time, and the
 * more so the busier it is.
 */
public final class Purger implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Purger.class);

  private static final int REST_FOR_WORK = 4;
  private static final Duration SHORTEST_REST = Duration.ofMillis(5);
  private static final Duration LONGEST_REST = Duration.ofSeconds(30);

  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("purging-of-old-mail").daemon().factory());
  private final PurgeOldMail purgeOldMail;
  private final Duration betweenRounds;

  /** Starts at once. */
  public Purger(PurgeOldMail purgeOldMail, Duration betweenRounds) {
    this.purgeOldMail = purgeOldMail;
    this.betweenRounds = betweenRounds;
    stepAfter(Duration.ZERO);
  }

  private void stepAfter(Duration rest) {
    var _ = executor.schedule(this::step, rest.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void step() {
    long begin = System.nanoTime();
    Duration rest = LONGEST_REST;
    try {
      rest =
          switch (purgeOldMail.purge()) {
            case PurgeOldMail.Result.Purged _ ->
                restAfter(Duration.ofNanos(System.nanoTime() - begin));
            case PurgeOldMail.Result.RoundDone() -> betweenRounds;
          };
    } catch (RuntimeException | Error e) {
      log.error("purging of old mail failed and goes on elsewhere", e);
    }
    if (!executor.isShutdown()) {
      stepAfter(rest);
    }
  }

  static Duration restAfter(Duration work) {
    Duration rest = work.multipliedBy(REST_FOR_WORK);
    if (rest.compareTo(SHORTEST_REST) < 0) {
      return SHORTEST_REST;
    }
    return rest.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : rest;
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
