package io.leverans.mail.conversation;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Cuts connections off whose step takes too long. A socket's own timeout covers one read; a peer
 * that sends an octet a minute, or takes none of ours, would hold a conversation for ever.
 */
final class Watchdog implements AutoCloseable {
  private static final long TICK_MILLIS = 100;

  private final Set<GuardedSocket> guarded = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().daemon().name("next-hop-watchdog").unstarted(task));

  Watchdog() {
    every(Duration.ofMillis(TICK_MILLIS), this::cutOffOverdue);
  }

  /** Does something regularly, on the watchdog's own thread: it must be short and not throw. */
  void every(Duration pause, Runnable task) {
    long millis = pause.toMillis();
    var _ = clock.scheduleWithFixedDelay(task, millis, millis, TimeUnit.MILLISECONDS);
  }

  void watch(GuardedSocket socket) {
    guarded.add(socket);
  }

  void forget(GuardedSocket socket) {
    guarded.remove(socket);
  }

  private void cutOffOverdue() {
    long now = System.nanoTime();
    guarded.forEach(socket -> socket.cutOffIfOverdue(now));
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
