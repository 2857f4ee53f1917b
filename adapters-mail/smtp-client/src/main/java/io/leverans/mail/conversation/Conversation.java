package io.leverans.mail.conversation;

import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.Envelope;
import io.leverans.domain.delivery.HandOver;
import io.leverans.domain.delivery.HandOver.Permission;
import io.leverans.domain.delivery.NextHop;
import io.leverans.domain.delivery.NextHop.Security;
import io.leverans.domain.delivery.Outcome;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.identity.EmailAddress.LocalPartCharset;
import io.leverans.mail.conversation.ContentStream.BareLineBreakException;
import io.leverans.mail.conversation.GuardedSocket.Pulse;
import io.leverans.mail.conversation.Proof.Extension;
import io.leverans.mail.mime.InternationalDomain;
import io.leverans.mail.reply.Phase;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Message after message to one server over one connection. For one thread at a time.
 *
 * <p>What can be taken back and what cannot is decided here: everything up to the final dot happens
 * before the hand-over is asked for, and without permission the connection is dropped undotted.
 */
final class Conversation {
  private static final int BLOCK = 16 * 1024;

  private final ServerAddress server;
  private final Timeouts timeouts;
  private final Verdicts verdicts;
  private final CommandLine line;
  private int messages;
  private long idleSince = System.nanoTime();

  Conversation(ServerAddress server, ConversationOptions options, CommandLine line) {
    this.server = server;
    this.timeouts = options.timeouts();
    this.line = line;
    this.verdicts = new Verdicts(server, options);
  }

  NextHop nextHop() {
    return new NextHop(server.host(), server.numeric(), line.security());
  }

  /** Whether this connection is as sure as that. */
  boolean gives(Assurance assurance) {
    return switch (assurance) {
      case Assurance.AsOptions _ -> true;
      case Assurance.Verified _ ->
          line.security() instanceof Security.Encrypted(_, var problem) && problem.isEmpty();
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
    Attempt attempt = new Attempt(transaction);
    try {
      attempt.run(handOver);
      return new Turn(attempt.outcomes, Turn.End.ANSWERED);
    } catch (LinkLostException lost) {
      line.drop();
      transcript.note(lost.words());
      attempt.settleRest(verdicts.brokenBeforeHandOver(lost.reason(), lost.words()));
      return new Turn(attempt.outcomes, attempt.asked ? Turn.End.ANSWERED : Turn.End.LINK_LOST);
    } catch (RuntimeException | Error broken) {
      line.drop();
      throw broken;
    } finally {
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
    boolean utf8 = needsUtf8(sender);
    if (utf8 && !line.offered().has(Extension.SMTPUTF8)) {
      return Optional.of(verdicts.ownRefusal(Cause.PROTOCOL_ERROR, takesOnlyAscii()));
    }
    String command = "MAIL FROM:<" + path(sender) + ">" + (utf8 ? " SMTPUTF8" : "");
    Reply reply = line.command(Phase.MAIL, command, timeouts.command());
    if (!reply.isPositive()) {
      return Optional.of(verdicts.refusal(reply, Phase.MAIL));
    }
    line.transactionBegun();
    line.resetIfNeeded(timeouts.command());
    return Optional.empty();
  }

  private String takesOnlyAscii() {
    return "%s does not take addresses with characters beyond ASCII before the @."
        .formatted(server.host());
  }

  /** With the domain as DNS knows it, which every server takes (RFC 6531 §3.3). */
  private static String path(EmailAddress address) {
    return address.localPart()
        + "@"
        + InternationalDomain.inALabels(address.domain()).orElse(address.domain());
  }

  private static boolean needsUtf8(EmailAddress address) {
    return address.localPartCharset() == LocalPartCharset.UTF_8;
  }

  /** The state of one transaction, from MAIL to the reply to the dot. */
  private final class Attempt {
    private final Transaction transaction;
    private final Map<DeliveryId, Outcome> outcomes = new LinkedHashMap<>();
    private final List<DeliveryId> aboard = new ArrayList<>();
    private boolean asked;

    Attempt(Transaction transaction) {
      this.transaction = transaction;
    }

    void run(HandOver handOver) throws LinkLostException {
      List<Envelope> envelopes = refuseWhatTheServerCannotTake();
      if (envelopes.isEmpty()) {
        return;
      }
      boolean begun = mail(envelopes);
      if (begun) {
        for (Envelope envelope : envelopes) {
          recipient(envelope);
        }
      }
      if (!aboard.isEmpty() && data()) {
        content(handOver);
      }
    }

    private List<Envelope> refuseWhatTheServerCannotTake() {
      long limit = line.offered().largestMessage().orElse(Long.MAX_VALUE);
      if (transaction.content().size() > limit) {
        String words =
            "%s takes messages of up to %d octets; this one has %d."
                .formatted(server.host(), limit, transaction.content().size());
        settleRest(verdicts.ownRefusal(Cause.MESSAGE_TOO_LARGE, words));
        return List.of();
      }
      if (transaction.isFromBeyondAscii() && !line.offered().has(Extension.SMTPUTF8)) {
        settleRest(verdicts.ownRefusal(Cause.PROTOCOL_ERROR, takesOnlyAscii()));
        return List.of();
      }
      for (Envelope envelope : transaction.envelopes()) {
        unspeakable(envelope.recipient())
            .ifPresent(
                words ->
                    outcomes.put(
                        envelope.delivery(), verdicts.ownRefusal(Cause.PROTOCOL_ERROR, words)));
      }
      return transaction.envelopes().stream()
          .filter(envelope -> !outcomes.containsKey(envelope.delivery()))
          .toList();
    }

    private Optional<String> unspeakable(EmailAddress recipient) {
      if (InternationalDomain.inALabels(recipient.domain()).isEmpty()) {
        return Optional.of(
            "The domain of the address has no sure ASCII form; write it as xn--… instead.");
      }
      return needsUtf8(recipient) && !line.offered().has(Extension.SMTPUTF8)
          ? Optional.of(takesOnlyAscii())
          : Optional.empty();
    }

    private boolean mail(List<Envelope> envelopes) throws LinkLostException {
      boolean kept = messages > 0;
      line.resetIfNeeded(kept ? timeouts.kept() : timeouts.command());
      Reply reply =
          line.command(
              Phase.MAIL, mailCommand(envelopes), kept ? timeouts.kept() : timeouts.command());
      if (reply.isPositive()) {
        line.transactionBegun();
        return true;
      }
      if (kept && reply.code() == CommandLine.CLOSING) {
        throw new LinkLostException("the server has closed the kept connection");
      }
      settleRest(verdicts.refusal(reply, Phase.MAIL));
      return false;
    }

    private String mailCommand(List<Envelope> envelopes) {
      StringBuilder command = new StringBuilder("MAIL FROM:<");
      command.append(transaction.returnPath()).append('>');
      if (line.offered().has(Extension.SIZE)) {
        command.append(" SIZE=").append(transaction.content().size());
      }
      if (transaction.body() == Transaction.Body.EIGHT_BIT
          && line.offered().has(Extension.EIGHT_BIT_MIME)) {
        command.append(" BODY=8BITMIME");
      }
      if (transaction.isFromBeyondAscii()
          || envelopes.stream().map(Envelope::recipient).anyMatch(Conversation::needsUtf8)) {
        command.append(" SMTPUTF8");
      }
      reports().map(DsnRequest::ofMail).ifPresent(command::append);
      return command.toString();
    }

    private Optional<DsnRequest> reports() {
      return transaction.reports().filter(_ -> line.offered().has(Extension.DSN));
    }

    private void recipient(Envelope envelope) throws LinkLostException {
      String command =
          "RCPT TO:<"
              + path(envelope.recipient())
              + ">"
              + reports().map(DsnRequest::ofRecipient).orElse("");
      Reply reply = line.command(Phase.RCPT, command, timeouts.command());
      if (reply.isPositive()) {
        aboard.add(envelope.delivery());
      } else {
        outcomes.put(envelope.delivery(), verdicts.refusal(reply, Phase.RCPT));
      }
    }

    private boolean data() throws LinkLostException {
      Reply reply = line.command(Phase.DATA, "DATA", timeouts.command());
      if (reply.code() == CommandLine.GO_AHEAD) {
        return true;
      }
      if (reply.isPositive()) {
        throw LinkLostException.unintelligible(
            "the answer to DATA makes no sense: " + reply.words());
      }
      settleRest(verdicts.refusal(reply, Phase.DATA));
      return false;
    }

    private void content(HandOver handOver) throws LinkLostException {
      try {
        sendContent();
      } catch (BareLineBreakException _) {
        line.drop();
        String words =
            "The message holds a line break that is not CR and LF together, which no server may be"
                + " given. It was not sent.";
        settleRest(verdicts.ownRefusal(Cause.CONTENT_REJECTED, words));
        return;
      }
      line.rest();
      asked = true;
      Permission permission = handOver.request(Set.copyOf(aboard));
      if (permission != Permission.GO) {
        line.drop();
        line.note("dropped before the final dot: " + permission);
        settleRest(verdicts.notPermitted(permission));
        return;
      }
      end();
    }

    private void sendContent() throws LinkLostException, BareLineBreakException {
      byte[] block = new byte[BLOCK];
      try (InputStream in = transaction.content().open()) {
        ContentStream out = line.contentStream();
        for (int read = in.read(block); read >= 0; read = in.read(block)) {
          line.allow(timeouts.block());
          write(out, block, read);
        }
        line.allow(timeouts.block());
        finish(out);
      } catch (IOException unreadable) {
        throw new UncheckedIOException("the message cannot be read", unreadable);
      }
    }

    private void write(ContentStream out, byte[] block, int length)
        throws LinkLostException, BareLineBreakException {
      try {
        out.write(block, length);
      } catch (IOException broken) {
        throw line.lost("a part of the message", broken);
      }
    }

    private void finish(ContentStream out) throws LinkLostException, BareLineBreakException {
      try {
        out.finish();
      } catch (IOException broken) {
        throw line.lost("a part of the message", broken);
      }
    }

    /** While the dot has not left, the message is provably not handed over, permitted or not. */
    private void end() throws LinkLostException {
      if (line.spokeUnasked()) {
        interrupted();
        return;
      }
      switch (line.pulse()) {
        case GONE -> throw new LinkLostException("the server closed the connection within DATA");
        case SPOKE -> {
          if (!line.isEncrypted()) {
            interrupted();
            return;
          }
        }
        case QUIET -> {}
      }
      try {
        line.sendFinalDot(timeouts.finalDot());
      } catch (IOException broken) {
        if (line.showsThatNothingLeft(broken)) {
          throw line.lost("a part of the message", broken);
        }
        settleRest(inDoubt(line.lost("the end of the message", broken)));
        return;
      }
      settleRest(finalReply());
    }

    /** Whoever answers before the end has heard enough. */
    private void interrupted() throws LinkLostException {
      line.allow(timeouts.command());
      Reply reply = line.awaitReply("a part of the message");
      line.drop();
      settleRest(verdicts.refusal(reply, Phase.CONTENT));
    }

    private Outcome finalReply() {
      try {
        Reply reply = line.awaitReply("the end of the message");
        line.transactionEnded();
        return verdicts.afterHandOver(reply, transaction.evidence());
      } catch (LinkLostException lost) {
        return inDoubt(lost);
      }
    }

    private Outcome inDoubt(LinkLostException lost) {
      line.note(lost.words());
      line.drop();
      return verdicts.brokenAfterHandOver(
          lost.reason(),
          "No answer came to the end of the message, so it may have arrived: " + lost.words());
    }

    void settleRest(Outcome outcome) {
      for (Envelope envelope : transaction.envelopes()) {
        outcomes.putIfAbsent(envelope.delivery(), outcome);
      }
    }
  }
}
