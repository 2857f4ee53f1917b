package io.leverans.mail.smtp;

import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.ChannelFault;
import io.leverans.domain.delivery.Outcome;
import io.leverans.mail.conversation.Doorkeeper;
import io.leverans.mail.conversation.NextHopConnections;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a node holds of one channel with one set of settings: its connections, and whether its
 * password was refused lately. Safe for use by many threads.
 */
final class ChannelLine implements Doorkeeper, AutoCloseable {
  /** So long a refused password is not tried again: servers lock accounts that knock too often. */
  static final Duration SILENCE = Duration.ofSeconds(60);

  /**
   * So long after a fault a new attempt is due: later than the silence, and than a second fault is
   * believed.
   */
  static final Duration PAUSE = Duration.ofSeconds(65);

  private final ServerSettings server;
  private final NextHopConnections connections;
  private final InstantSource clock;
  private @Nullable Refusal refusal;
  private volatile Instant lastUsed;

  private record Refusal(ChannelFault fault, Instant at) {}

  ChannelLine(
      ServerSettings server,
      Function<Doorkeeper, NextHopConnections> connections,
      InstantSource clock) {
    this.server = server;
    this.clock = clock;
    this.connections = connections.apply(this);
    this.lastUsed = clock.instant();
  }

  ServerSettings server() {
    return server;
  }

  NextHopConnections connections() {
    return connections;
  }

  void use() {
    lastUsed = clock.instant();
  }

  Instant lastUsed() {
    return lastUsed;
  }

  /** The server refused the password just now. */
  synchronized void refused(ChannelFault fault) {
    refusal = new Refusal(fault, clock.instant());
  }

  /** The server let us in. */
  synchronized void letIn() {
    refusal = null;
  }

  /** What to answer without asking the server, while a refusal is fresh. */
  synchronized Optional<Outcome.NotTried> silence() {
    Refusal last = refusal;
    if (last == null) {
      return Optional.empty();
    }
    Duration age = Duration.between(last.at(), clock.instant());
    return age.isNegative() || age.compareTo(SILENCE) >= 0
        ? Optional.empty()
        : Optional.of(new Outcome.NotTried(last.fault(), Optional.of(PAUSE.minus(age))));
  }

  /** When a refusal is no longer fresh, one asks, and for all others it is fresh again. */
  @Override
  public synchronized Optional<Outcome> answerInstead() {
    Optional<Outcome.NotTried> silence = silence();
    Refusal last = refusal;
    if (silence.isEmpty() && last != null) {
      refused(last.fault());
    }
    return silence.map(Function.identity());
  }

  @Override
  public void opened() {
    letIn();
  }

  @Override
  public void notOpened(Outcome outcome) {
    if (outcome instanceof Outcome.NotTried(var fault, _)
        && fault.cause() == Cause.CREDENTIALS_REFUSED) {
      refused(fault);
    }
  }

  @Override
  public void close() {
    connections.close();
  }
}
