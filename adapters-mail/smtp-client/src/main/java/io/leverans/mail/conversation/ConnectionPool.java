package io.leverans.mail.conversation;

import io.leverans.application.port.provider.Connections;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Keeps connections within their limits, for those who take turns with them. Safe for use by many
 * threads, which wait here.
 */
final class ConnectionPool {
  private static final Duration MOMENT = Duration.ofMillis(20);

  private final PoolLimits limits;
  private final Duration longestWait;
  private final ConcurrentMap<ServerAddress, KeptConnections> kept = new ConcurrentHashMap<>();
  private final Places turns;

  /** One for each connection that stands, busy or idle, until it is closed. */
  private final Places slots;

  private final Runnable sweep = this::closeOld;
  private volatile boolean closed;

  ConnectionPool(PoolLimits limits, Duration longestWait) {
    this.limits = limits;
    this.longestWait = longestWait;
    turns = new Places(limits.totalHere());
    slots = new Places(limits.totalHere());
  }

  /** The right to use one connection to one address. */
  final class Turn implements AutoCloseable {
    private final ServerAddress server;
    private final KeptConnections ours;

    private Turn(ServerAddress server, KeptConnections ours) {
      this.server = server;
      this.ours = ours;
    }

    /** One that was kept, is as sure as that and, as far as can be seen, still stands. */
    Optional<Conversation> kept(ConversationOptions wanted) {
      Predicate<Conversation> serves = conversation -> conversation.serves(wanted);
      Optional<Conversation> last = ours.takeLast(serves);
      while (last.isPresent() && !last.get().isUsable()) {
        last.get().drop();
        slots.release();
        last = ours.takeLast(serves);
      }
      return last;
    }

    /**
     * Waits until one more connection may stand; one that was kept and does not serve gives way
     * where the address has as many as it may have. Those who have turns are fewer than the slots,
     * so one that is missing is idle, or about to be closed; where the slots have just become
     * fewer, idle ones are closed first.
     *
     * @return whether one may; then it is to be {@linkplain #giveBack given back} or {@linkplain
     *     #failed said to have failed}
     */
    boolean mayOpen() throws InterruptedException {
      ours.takeSurplus().ifPresent(ConnectionPool.this::quit);
      closeSurplus();
      long start = System.nanoTime();
      while (!slots.tryAcquire(MOMENT.toMillis(), TimeUnit.MILLISECONDS)) {
        Optional<Conversation> oldest = takeOldest();
        if (oldest.isPresent()) {
          farewell(oldest.get());
          return true;
        }
        if (System.nanoTime() - start > longestWait.toNanos()) {
          return false;
        }
      }
      return true;
    }

    void failed() {
      slots.release();
    }

    /** Keeps a connection that may serve again, and closes any other and what is too many. */
    void giveBack(Conversation conversation) {
      boolean tooMany = slots.areOverdrawn() || ours.permits().areOverdrawn();
      boolean worn = conversation.messages() >= limits.messages();
      if (conversation.isUsable() && !worn && !tooMany && !closed) {
        ours.put(conversation).forEach(ConnectionPool.this::quit);
      } else {
        quit(conversation);
      }
    }

    /** Closes a connection. */
    void end(Conversation conversation) {
      quit(conversation);
    }

    @Override
    public void close() {
      turns.release();
      ours.permits().release();
      leave(server);
    }
  }

  /** Nothing, if all connections stay busy for too long. */
  Optional<Turn> turn(ServerAddress server) throws InterruptedException {
    turns.resize(limits::totalHere);
    slots.resize(limits::totalHere);
    KeptConnections ours = enter(server);
    Watchdog.SHARED.atEveryTick(sweep);
    boolean mine = false;
    try {
      if (!ours.permits().tryAcquire(longestWait.toMillis(), TimeUnit.MILLISECONDS)) {
        return Optional.empty();
      }
      try {
        mine = turns.tryAcquire(longestWait.toMillis(), TimeUnit.MILLISECONDS);
        return mine ? Optional.of(new Turn(server, ours)) : Optional.empty();
      } finally {
        if (!mine) {
          ours.permits().release();
        }
      }
    } finally {
      if (!mine) {
        leave(server);
      }
    }
  }

  /** As they are taken and given back meanwhile, only about. */
  Connections count() {
    int busy = turns.taken();
    return new Connections(busy, Math.max(0, slots.taken() - busy));
  }

  /** Closes what is idle now, and what is busy as soon as its message is through. */
  void close() {
    closed = true;
    takeIdleFor(Duration.ZERO).forEach(this::quit);
    restIfDone();
  }

  private KeptConnections enter(ServerAddress server) {
    return kept.compute(
        server,
        (_, present) -> {
          KeptConnections ours =
              present == null ? new KeptConnections(limits.perDestinationHere()) : present;
          ours.permits().resize(limits::perDestinationHere);
          ours.userCame();
          return ours;
        });
  }

  private void leave(ServerAddress server) {
    List<Conversation> left = new ArrayList<>();
    kept.computeIfPresent(
        server,
        (_, ours) -> {
          ours.userLeft();
          if (closed) {
            left.addAll(ours.takeIdleFor(Duration.ZERO));
          }
          return ours.isForgotten() ? null : ours;
        });
    left.forEach(this::quit);
    restIfDone();
  }

  private void closeSurplus() {
    boolean goesOn = slots.areOverdrawn();
    while (goesOn) {
      goesOn = quitOldest() && slots.areOverdrawn();
    }
  }

  private boolean quitOldest() {
    Optional<Conversation> oldest = takeOldest();
    oldest.ifPresent(this::quit);
    return oldest.isPresent();
  }

  private Optional<Conversation> takeOldest() {
    return kept.values().stream()
        .filter(one -> one.idleSince().isPresent())
        .min((a, b) -> Long.signum(a.idleSince().orElse(0) - b.idleSince().orElse(0)))
        .flatMap(KeptConnections::takeOldest);
  }

  private void closeOld() {
    takeIdleFor(limits.idle()).forEach(old -> Thread.startVirtualThread(() -> quit(old)));
    restIfDone();
  }

  private List<Conversation> takeIdleFor(Duration age) {
    List<Conversation> old = new ArrayList<>();
    for (ServerAddress server : kept.keySet()) {
      kept.computeIfPresent(
          server,
          (_, ours) -> {
            old.addAll(ours.takeIdleFor(age));
            return ours.isForgotten() ? null : ours;
          });
    }
    return old;
  }

  /** Says goodbye to one, and lets another take its place. */
  private void quit(Conversation conversation) {
    try {
      farewell(conversation);
    } finally {
      slots.release();
    }
  }

  /** Where connections are counted, the server is given the time to count one less. */
  private void farewell(Conversation conversation) {
    if (limits.countsAll()) {
      conversation.quitHeard();
    } else {
      conversation.quit();
    }
  }

  /** With nothing to keep, there is nothing to look after. */
  private void restIfDone() {
    if (kept.isEmpty()) {
      Watchdog.SHARED.stop(sweep);
      if (!kept.isEmpty()) {
        Watchdog.SHARED.atEveryTick(sweep);
      }
    }
  }
}
