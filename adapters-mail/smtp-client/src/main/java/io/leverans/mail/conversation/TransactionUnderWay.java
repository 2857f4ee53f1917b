package io.leverans.mail.conversation;

import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.Envelope;
import io.leverans.domain.delivery.HandOver;
import io.leverans.domain.delivery.HandOver.Permission;
import io.leverans.domain.delivery.Outcome;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.mail.conversation.ContentStream.BareLineBreakException;
import io.leverans.mail.conversation.Proof.Extension;
import io.leverans.mail.mime.InternationalDomain;
import io.leverans.mail.reply.Phase;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The state of one transaction, from MAIL to the reply to the dot.
 *
 * <p>What can be taken back and what cannot is decided here: everything up to the final dot happens
 * before the hand-over is asked for, and without permission the connection is dropped undotted.
 */
final class TransactionUnderWay {
  private static final int BLOCK = 16 * 1024;

  /** So many go out before a reply is read; where both ends block, the deadline ends it. */
  private static final int SENT_TOGETHER = 50;

  private final Transaction transaction;
  private final ServerAddress server;
  private final Timeouts timeouts;
  private final Verdicts verdicts;
  private final CommandLine line;
  private final Link link;
  private final Pipelining pipelining;
  private final EnvelopeCommands commands;
  private final Map<DeliveryId, Outcome> outcomes = new LinkedHashMap<>();
  private final List<DeliveryId> aboard = new ArrayList<>();
  private boolean asked;
  private boolean silentOnSeveral;

  /** What the transaction finds. */
  enum Link {
    NEW,
    /** From a message before; the server may have closed it meanwhile. */
    KEPT
  }

  /** Whether several commands may be under way at once (RFC 2920). */
  enum Pipelining {
    WHERE_OFFERED,
    NEVER
  }

  /** A command, and what its reply decides. */
  private record Command(Phase phase, String text, Heed heed) {}

  private interface Heed {
    void reply(Reply reply) throws LinkLostException;
  }

  TransactionUnderWay(
      Transaction transaction,
      ServerAddress server,
      Timeouts timeouts,
      Verdicts verdicts,
      CommandLine line,
      Link link,
      Pipelining pipelining) {
    this.transaction = transaction;
    this.server = server;
    this.timeouts = timeouts;
    this.verdicts = verdicts;
    this.line = line;
    this.link = link;
    this.pipelining = pipelining;
    this.commands = new EnvelopeCommands(line.offered());
  }

  void run(HandOver handOver) throws LinkLostException {
    List<Envelope> envelopes = refuseWhatTheServerCannotTake();
    if (envelopes.isEmpty()) {
      return;
    }
    line.resetIfNeeded(toBegin());
    for (List<Command> group : grouped(commandsFor(envelopes))) {
      exchange(group);
      if (isSettled()) {
        return;
      }
    }
    content(handOver);
  }

  Turn ended() {
    return new Turn(outcomes, Turn.End.ANSWERED);
  }

  /** A server that hangs up after it has answered for everybody has answered. */
  Turn ended(LinkLostException lost) {
    boolean holds = asked || isSettled();
    settleRest(verdicts.brokenBeforeHandOver(lost.reason(), lost.words()));
    return new Turn(outcomes, holds ? Turn.End.ANSWERED : Turn.End.LINK_LOST);
  }

  /** Whether, on a new connection, no reply came in time where several were to come. */
  boolean wasSilentOnSeveral() {
    return silentOnSeveral;
  }

  private boolean isSettled() {
    return outcomes.size() == transaction.envelopes().size();
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
    if (!commands.canNameSenderOf(transaction)) {
      settleRest(
          verdicts.ownRefusal(Cause.PROTOCOL_ERROR, EnvelopeCommands.takesOnlyAscii(server)));
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
    return commands.canName(recipient)
        ? Optional.empty()
        : Optional.of(EnvelopeCommands.takesOnlyAscii(server));
  }

  private Duration toBegin() {
    return switch (link) {
      case NEW -> timeouts.command();
      case KEPT -> timeouts.kept();
    };
  }

  private List<Command> commandsFor(List<Envelope> envelopes) {
    List<Command> all = new ArrayList<>();
    all.add(new Command(Phase.MAIL, commands.mail(transaction, envelopes), this::begun));
    for (Envelope envelope : envelopes) {
      String named = commands.recipient(transaction, envelope);
      all.add(new Command(Phase.RCPT, named, reply -> recipient(envelope, reply)));
    }
    all.add(new Command(Phase.DATA, "DATA", this::data));
    return all;
  }

  /** Those that are sent together, where the server takes several at once. */
  private List<List<Command>> grouped(List<Command> all) {
    boolean several =
        pipelining == Pipelining.WHERE_OFFERED && line.offered().has(Extension.PIPELINING);
    int together = several ? SENT_TOGETHER : 1;
    List<List<Command>> groups = new ArrayList<>();
    for (int from = 0; from < all.size(); from += together) {
      groups.add(all.subList(from, Math.min(from + together, all.size())));
    }
    return groups;
  }

  private void exchange(List<Command> group) throws LinkLostException {
    line.send(group.stream().map(Command::text).toList(), toBegin());
    try {
      for (Command command : group) {
        Duration time = timeFor(command, group);
        command.heed().reply(line.awaitReply(command.phase(), command.text(), time));
      }
    } catch (LinkLostException lost) {
      silentOnSeveral = link == Link.NEW && group.size() > 1 && line.wasCutOff();
      throw lost;
    }
  }

  /** A server may keep its first reply until it has those to all that came together. */
  private Duration timeFor(Command command, List<Command> group) {
    if (isSettled() || !line.isOpen()) {
      return timeouts.kept();
    }
    return command.phase() == Phase.MAIL
        ? toBegin().multipliedBy(group.size())
        : timeouts.command();
  }

  private void begun(Reply reply) throws LinkLostException {
    if (reply.isPositive()) {
      line.transactionBegun();
      return;
    }
    if (link == Link.KEPT && (reply.code() == CommandLine.CLOSING || !reply.isRefusal())) {
      throw new LinkLostException("the kept connection is of no use any more: " + reply.words());
    }
    settleRest(verdicts.refusal(reply, Phase.MAIL));
  }

  private void recipient(Envelope envelope, Reply reply) {
    if (outcomes.containsKey(envelope.delivery())) {
      return;
    }
    if (reply.isPositive()) {
      aboard.add(envelope.delivery());
    } else {
      outcomes.put(envelope.delivery(), verdicts.refusal(reply, Phase.RCPT));
    }
  }

  /** What is neither leave to go on nor a refusal says that both sides are out of step. */
  private void data(Reply reply) throws LinkLostException {
    boolean goesAhead = reply.code() == CommandLine.GO_AHEAD && !aboard.isEmpty();
    if (!goesAhead && !reply.isRefusal()) {
      line.drop();
    }
    if (goesAhead || isSettled()) {
      return;
    }
    if (!reply.isRefusal()) {
      throw LinkLostException.unintelligible("the answer to DATA makes no sense: " + reply.words());
    }
    settleRest(verdicts.refusal(reply, Phase.DATA));
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

  private void settleRest(Outcome outcome) {
    for (Envelope envelope : transaction.envelopes()) {
      outcomes.putIfAbsent(envelope.delivery(), outcome);
    }
  }
}
