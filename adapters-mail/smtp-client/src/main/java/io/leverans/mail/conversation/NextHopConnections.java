package io.leverans.mail.conversation;

import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.HandOver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;

/**
 * The connections to next hops, kept and used again. Safe for use by many threads, which wait here
 * while all connections to their server are busy.
 */
public final class NextHopConnections implements AutoCloseable {
  private static final Duration SWEEP = Duration.ofMillis(500);

  private final PoolLimits limits;
  private final Duration longestWait;
  private final Watchdog watchdog = new Watchdog();
  private final ConversationOpener opener;
  private final ConcurrentMap<ServerAddress, KeptConnections> kept = new ConcurrentHashMap<>();
  private volatile boolean closed;

  public NextHopConnections(ConversationOptions options, PoolLimits limits) {
    this.limits = limits;
    this.longestWait = options.timeouts().command();
    this.opener = new ConversationOpener(options, watchdog);
    watchdog.every(SWEEP, () -> closeIdleSince(limits.idle()));
  }

  /**
   * Tries to hand one message to one server, once. A kept connection that turns out to be dead
   * before {@code handOver} was asked is replaced by a new one: nothing had been taken.
   *
   * @throws RuntimeException if {@code handOver} or the content fails; nothing was handed over
   */
  public Exchange exchange(
      ServerAddress server, Transaction transaction, HandOver handOver, Transcript transcript) {
    KeptConnections ours = enter(server);
    try {
      if (!ours.permits().tryAcquire(longestWait.toMillis(), TimeUnit.MILLISECONDS)) {
        return busy(server);
      }
      try {
        return converse(ours, server, transaction, handOver, transcript);
      } finally {
        ours.permits().release();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return busy(server);
    } finally {
      leave(server);
    }
  }

  private Exchange converse(
      KeptConnections ours,
      ServerAddress server,
      Transaction transaction,
      HandOver handOver,
      Transcript transcript) {
    Optional<Conversation> idle = ours.take();
    if (idle.isPresent()) {
      Conversation conversation = idle.get();
      transcript.note(
          "message %d on the connection to %s".formatted(conversation.messages() + 1, server));
      Turn turn = conversation.transact(transaction, handOver, transcript);
      keepOrClose(ours, conversation);
      if (turn.end() == Turn.End.ANSWERED) {
        return new Exchange.Answered(turn.outcomes(), conversation.nextHop());
      }
    }
    try {
      Conversation conversation = opener.open(server, transcript);
      Turn turn = conversation.transact(transaction, handOver, transcript);
      keepOrClose(ours, conversation);
      return new Exchange.Answered(turn.outcomes(), conversation.nextHop());
    } catch (NotEstablishedException failed) {
      return failed.result();
    }
  }

  private void keepOrClose(KeptConnections ours, Conversation conversation) {
    if (conversation.isUsable() && conversation.messages() < limits.messages() && !closed) {
      ours.put(conversation);
    } else {
      conversation.quit();
    }
  }

  private KeptConnections enter(ServerAddress server) {
    return kept.compute(
        server,
        (_, present) -> {
          KeptConnections ours =
              present == null ? new KeptConnections(limits.perDestination()) : present;
          ours.userCame();
          return ours;
        });
  }

  private void leave(ServerAddress server) {
    kept.computeIfPresent(
        server,
        (_, ours) -> {
          ours.userLeft();
          if (closed) {
            ours.takeIdleFor(Duration.ZERO).forEach(Conversation::quit);
          }
          return ours.isForgotten() ? null : ours;
        });
    restIfDone();
  }

  /** Whoever is still busy after the close keeps the deadlines. */
  private void restIfDone() {
    if (closed && kept.isEmpty()) {
      watchdog.close();
    }
  }

  private void closeIdleSince(Duration age) {
    List<Conversation> old = new ArrayList<>();
    for (ServerAddress server : kept.keySet()) {
      kept.computeIfPresent(
          server,
          (_, ours) -> {
            old.addAll(ours.takeIdleFor(age));
            return ours.isForgotten() ? null : ours;
          });
    }
    old.forEach(conversation -> Thread.startVirtualThread(conversation::quit));
  }

  private static Exchange busy(ServerAddress server) {
    String words = "All connections to " + server + " are busy.";
    return new Exchange.NotEstablished(
        new Verdicts(server.host()).brokenBeforeHandOver(Cause.RATE_LIMITED, words),
        Optional.empty());
  }

  /** Closes what is idle now, and what is busy as soon as its message is through. */
  @Override
  public void close() {
    closed = true;
    for (ServerAddress server : kept.keySet()) {
      kept.computeIfPresent(
          server,
          (_, ours) -> {
            ours.takeIdleFor(Duration.ZERO).forEach(Conversation::quit);
            return ours.isForgotten() ? null : ours;
          });
    }
    restIfDone();
  }
}
