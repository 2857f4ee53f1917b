package io.leverans.mail.conversation;

import io.leverans.application.port.provider.Connections;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.HandOver;
import io.leverans.domain.delivery.Outcome;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.mail.conversation.Proof.Stage;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The connections to next hops, kept and used again. Safe for use by many threads, which wait here
 * while all connections to their server are busy. Costs next to nothing while none stands: each
 * channel may have its own.
 */
public final class NextHopConnections implements AutoCloseable {
  /** For so long what found no connection free is held back; others' mail may pass meanwhile. */
  private static final Duration WHILE_BUSY = Duration.ofSeconds(2);

  private final ConversationOptions options;
  private final ConcurrentMap<ConversationOptions, ConversationOpener> openers =
      new ConcurrentHashMap<>();
  private final ConnectionPool pool;
  private final SilentServers silent = new SilentServers();
  private final Doorkeeper doorkeeper;

  public NextHopConnections(ConversationOptions options, PoolLimits limits) {
    this(options, limits, Doorkeeper.NONE);
  }

  public NextHopConnections(ConversationOptions options, PoolLimits limits, Doorkeeper doorkeeper) {
    this.options = options;
    this.doorkeeper = doorkeeper;
    this.pool = new ConnectionPool(limits, options.timeouts().command());
  }

  /**
   * Tries to hand one message to one server, once. A kept connection that turns out to be dead
   * before {@code handOver} was asked is replaced by a new one: nothing had been taken.
   *
   * @throws RuntimeException if {@code handOver} or the content fails; nothing was handed over
   */
  public Exchange exchange(
      ServerAddress server, Transaction transaction, HandOver handOver, Transcript transcript) {
    return exchange(server, new Assurance.AsOptions(), transaction, handOver, transcript);
  }

  /**
   * The same, over a connection that is at least so sure. A kept one that is not is left alone.
   *
   * @throws RuntimeException if {@code handOver} or the content fails; nothing was handed over
   */
  public Exchange exchange(
      ServerAddress server,
      Assurance assurance,
      Transaction transaction,
      HandOver handOver,
      Transcript transcript) {
    try {
      Optional<ConnectionPool.Turn> turn = pool.turn(server);
      if (turn.isEmpty()) {
        return heldBack(server, transcript);
      }
      try (var ours = turn.get()) {
        return converse(ours, server, assurance, transaction, handOver, transcript);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return heldBack(server, transcript);
    }
  }

  private Exchange converse(
      ConnectionPool.Turn ours,
      ServerAddress server,
      Assurance assurance,
      Transaction transaction,
      HandOver handOver,
      Transcript transcript)
      throws InterruptedException {
    if (assurance instanceof Assurance.Demanded demand) {
      transcript.note("%s demands %s".formatted(demand.demandedBy(), demand.what()));
    }
    ConversationOptions wanted = options.giving(assurance);
    Optional<Conversation> idle = ours.kept(wanted);
    if (idle.isPresent()) {
      Conversation conversation = idle.get();
      transcript.note(
          "message %d on the connection to %s".formatted(conversation.messages() + 1, server));
      Turn turn = transact(ours, server, conversation, transaction, handOver, transcript);
      if (turn.end() == Turn.End.ANSWERED) {
        return new Exchange.Answered(turn.outcomes(), conversation.nextHop(wanted));
      }
    }
    if (!ours.mayOpen()) {
      return heldBack(server, transcript);
    }
    Optional<Outcome> instead = doorkeeper.answerInstead();
    if (instead.isPresent()) {
      ours.failed();
      return new Exchange.NotEstablished(instead.get(), Optional.empty());
    }
    try {
      Conversation conversation = open(ours, server, assurance, transcript);
      Turn turn = transact(ours, server, conversation, transaction, handOver, transcript);
      return new Exchange.Answered(turn.outcomes(), conversation.nextHop(wanted));
    } catch (NotEstablishedException failed) {
      return failed.result();
    }
  }

  private Conversation open(
      ConnectionPool.Turn ours, ServerAddress server, Assurance assurance, Transcript transcript)
      throws NotEstablishedException {
    Optional<Conversation> opened = Optional.empty();
    try {
      opened = Optional.of(open(server, assurance, transcript));
      doorkeeper.opened();
      return opened.get();
    } catch (NotEstablishedException failed) {
      doorkeeper.notOpened(failed.result().outcome());
      throw failed;
    } finally {
      if (opened.isEmpty()) {
        ours.failed();
      }
    }
  }

  private Conversation open(ServerAddress server, Assurance assurance, Transcript transcript)
      throws NotEstablishedException {
    ConversationOpener opener = opener(options.giving(assurance));
    try {
      return opener.open(server, transcript);
    } catch (NotEstablishedException failed) {
      throw assurance instanceof Assurance.Demanded demand && failed.stage() == Stage.ENCRYPTION
          ? failed.demanded(demand)
          : failed;
    }
  }

  /** What DNS publishes is of one server, and another tomorrow: openers for that are not kept. */
  private ConversationOpener opener(ConversationOptions how) {
    return how.trust() instanceof Trust.Published
        ? new ConversationOpener(how)
        : openers.computeIfAbsent(how, ConversationOpener::new);
  }

  private Turn transact(
      ConnectionPool.Turn ours,
      ServerAddress server,
      Conversation conversation,
      Transaction transaction,
      HandOver handOver,
      Transcript transcript) {
    if (silent.has(server)) {
      conversation.sendOneCommandAtATime();
    }
    try {
      return conversation.transact(transaction, handOver, transcript);
    } finally {
      if (conversation.wasSilentOnSeveral()) {
        silent.add(server);
      }
      ours.giveBack(conversation);
    }
  }

  /**
   * Finds out whether mail would go, on a connection of its own and without sending any: connects,
   * encrypts, says hello, signs in, and names the sender and takes it back.
   *
   * @param sender to see whether the server lets it through; empty to leave that out
   */
  public Proof prove(ServerAddress server, Optional<EmailAddress> sender, Transcript transcript) {
    try {
      Optional<ConnectionPool.Turn> turn = pool.turn(server);
      if (turn.isEmpty()) {
        return busy(server);
      }
      try (var ours = turn.get()) {
        return ours.mayOpen() ? prove(ours, server, sender, transcript) : busy(server);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return busy(server);
    }
  }

  private Proof prove(
      ConnectionPool.Turn ours,
      ServerAddress server,
      Optional<EmailAddress> sender,
      Transcript transcript) {
    try {
      Conversation conversation = open(ours, server, new Assurance.AsOptions(), transcript);
      try {
        Optional<Outcome> objection =
            sender.isEmpty() ? Optional.empty() : conversation.objectionTo(sender.get());
        return objection
            .map(outcome -> failed(Stage.SENDER, outcome))
            .orElseGet(
                () ->
                    new Proof.Works(
                        conversation.offered().toOffers(), conversation.nextHop(options)));
      } catch (LinkLostException lost) {
        transcript.note(lost.words());
        return failed(
            Stage.SENDER,
            new Verdicts(server, options).brokenBeforeHandOver(lost.reason(), lost.words()));
      } finally {
        ours.end(conversation);
      }
    } catch (NotEstablishedException failed) {
      return failed(failed.stage(), failed.result().outcome());
    }
  }

  private static Proof failed(Stage stage, Outcome outcome) {
    return ProofRemedies.failed(stage, outcome);
  }

  private static Exchange heldBack(ServerAddress server, Transcript transcript) {
    transcript.note(allBusy(server));
    return new Exchange.NotEstablished(new Outcome.HeldBack(WHILE_BUSY), Optional.empty());
  }

  private Proof busy(ServerAddress server) {
    return failed(
        Stage.CONNECTION,
        new Verdicts(server, options).notGoneOnWith(Cause.RATE_LIMITED, allBusy(server)));
  }

  private static String allBusy(ServerAddress server) {
    return "All connections to " + server + " are busy.";
  }

  public Connections count() {
    return pool.count();
  }

  /** Closes what is idle now, and what is busy as soon as its message is through. */
  @Override
  public void close() {
    pool.close();
  }
}
