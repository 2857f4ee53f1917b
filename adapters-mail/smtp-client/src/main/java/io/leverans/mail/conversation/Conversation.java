package io.leverans.mail.conversation;

import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.HandOver;
import io.leverans.domain.delivery.NextHop;
import io.leverans.domain.delivery.Outcome;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.mail.conversation.GuardedSocket.Pulse;
import io.leverans.mail.conversation.TransactionUnderWay.Link;
import io.leverans.mail.conversation.TransactionUnderWay.Pipelining;
import io.leverans.mail.reply.Phase;
import java.util.Optional;

/** Message after message to one server over one connection. For one thread at a time. */
final class Conversation {
  private final ServerAddress server;
  private final Timeouts timeouts;
  private final Verdicts verdicts;
  private final CommandLine line;
  private final GuardedSocket socket;
  private Pipelining pipelining = Pipelining.WHERE_OFFERED;
  private boolean silentOnSeveral;
  private int messages;
  private long idleSince = System.nanoTime();

  /**
   * @param socket what the line speaks over
   */
  Conversation(
      ServerAddress server, ConversationOptions options, CommandLine line, GuardedSocket socket) {
    this.server = server;
    this.timeouts = options.timeouts();
    this.line = line;
    this.socket = socket;
    this.verdicts = new Verdicts(server, options);
  }

  /** The server, by the measure of an exchange that wanted to be so sure. */
  NextHop nextHop(ConversationOptions wanted) {
    return new NextHop(server.host(), server.numeric(), socket.securityBy(wanted.trust()));
  }

  /** Whether this connection is as sure as one that is opened so. */
  boolean serves(ConversationOptions wanted) {
    return switch (wanted.encryption()) {
      case NEVER, WHEN_OFFERED -> true;
      case IMPLICIT, STARTTLS_REQUIRED -> socket.isEncryptedWith(wanted.trust());
    };
  }

  int messages() {
    return messages;
  }

  long idleSince() {
    return idleSince;
  }

  /** Whether, as far as can be seen, another message can follow. */
  boolean isUsable() {
    return line.isOpen() && !line.spokeUnasked() && line.pulse() == Pulse.QUIET;
  }

  /** From now on, whatever the server offers. */
  void sendOneCommandAtATime() {
    pipelining = Pipelining.NEVER;
  }

  /** Whether no reply came in time to several commands at once. */
  boolean wasSilentOnSeveral() {
    return silentOnSeveral;
  }

  /** Ends the connection without a word. */
  void drop() {
    line.drop();
  }

  /** Says goodbye without waiting for an answer. */
  void quit() {
    line.quit();
  }

  /** Says goodbye and gives the server a moment to close. */
  void quitHeard() {
    line.quitHeard();
  }

  /**
   * Hands one message over, or not.
   *
   * @throws RuntimeException if the hand-over cannot be asked for or the content cannot be read;
   *     the connection is dropped and nothing is handed over
   */
  Turn transact(Transaction transaction, HandOver handOver, Transcript transcript) {
    line.writeInto(transcript);
    var underWay =
        new TransactionUnderWay(
            transaction,
            server,
            timeouts,
            verdicts,
            line,
            messages > 0 ? Link.KEPT : Link.NEW,
            pipelining);
    try {
      underWay.run(handOver);
      return underWay.ended();
    } catch (LinkLostException lost) {
      line.drop();
      transcript.note(lost.words());
      return underWay.ended(lost);
    } catch (RuntimeException | Error broken) {
      line.drop();
      throw broken;
    } finally {
      silentOnSeveral = underWay.wasSilentOnSeveral();
      messages++;
      idleSince = System.nanoTime();
      line.rest();
    }
  }

  Offered offered() {
    return line.offered();
  }

  /**
   * Names a sender and takes it back.
   *
   * @return what the server has against it, if anything
   */
  Optional<Outcome> objectionTo(EmailAddress sender) throws LinkLostException {
    var commands = new EnvelopeCommands(line.offered());
    if (!commands.canName(sender)) {
      return Optional.of(
          verdicts.ownRefusal(Cause.PROTOCOL_ERROR, EnvelopeCommands.takesOnlyAscii(server)));
    }
    Reply reply = line.command(Phase.MAIL, commands.mail(sender), timeouts.command());
    if (!reply.isPositive()) {
      return Optional.of(verdicts.refusal(reply, Phase.MAIL));
    }
    line.transactionBegun();
    line.resetIfNeeded(timeouts.command());
    return Optional.empty();
  }
}
