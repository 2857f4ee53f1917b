package io.leverans.mail.conversation;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts connections off whose step takes too long, and lets pools look after what is idle. A
 * socket's own timeout covers one read; a peer that sends an octet a minute, or takes none of ours,
 * would hold a conversation for ever.
 *
 * <p>There is one for all, with one thread: there may be a pool for each of thousands of channels.
 */
final class Watchdog {
  static final Watchdog SHARED = new Watchdog();

  private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
  private static final long TICK_MILLIS = 100;

  private final Set<GuardedSocket> guarded = ConcurrentHashMap.newKeySet();
  private final Set<Runnable> chores = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().daemon().name("next-hop-watchdog").unstarted(task));

  private Watchdog() {
    var _ =
        clock.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Does something at every tick, until told to stop: it must be short. */
  void atEveryTick(Runnable chore) {
    chores.add(chore);
  }

  void stop(Runnable chore) {
    chores.remove(chore);
  }

  void watch(GuardedSocket socket) {
    guarded.add(socket);
  }

  void forget(GuardedSocket socket) {
    guarded.remove(socket);
  }

  private void tick() {
    long now = System.nanoTime();
    guarded.forEach(socket -> socket.cutOffIfOverdue(now));
    chores.forEach(Watchdog::run);
  }

  /** One pool's trouble shall not end the deadlines of all. */
  private static void run(Runnable chore) {
    try {
      chore.run();
    } catch (RuntimeException broken) {
      LOG.error("idle connections could not be closed", broken);
    }
  }
}
