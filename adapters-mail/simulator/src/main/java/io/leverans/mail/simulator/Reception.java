package io.leverans.mail.simulator;

import io.leverans.mail.simulator.LineReader.Block;
import io.leverans.mail.simulator.Reaction.AcceptThen;
import io.leverans.mail.simulator.Reaction.AnswerLate;
import io.leverans.mail.simulator.Reaction.DropAfterDot;
import io.leverans.mail.simulator.Reaction.DropInData;
import io.leverans.mail.simulator.Reaction.NeverAnswer;
import io.leverans.mail.simulator.Reaction.RefuseMessage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What becomes of one message between DATA and the answer to its final dot. */
final class Reception {
  private final MailHouse house;
  private final Envelope envelope;
  private final String client;
  private final Optional<String> tls;
  private final List<Reaction> reactions;

  Reception(MailHouse house, Envelope envelope, String client, Optional<String> tls) {
    this.house = house;
    this.envelope = envelope;
    this.client = client;
    this.tls = tls;
    this.reactions = envelope.recipients().stream().map(to -> Behaviour.of(to).reaction()).toList();
  }

  /** How the server ends the transaction. */
  sealed interface End {}

  record Reply(String line) implements End {}

  record LateReply(String line) implements End {}

  record HangUp() implements End {}

  record Silence() implements End {}

  /** Whether the connection is to be dropped before anything of the message is read. */
  boolean isDroppedAtOnce() {
    return has(DropInData.class)
        && house
            .firstTimes()
            .isFirst("DATA " + envelope.returnPath() + ' ' + envelope.recipients());
  }

  /** Decides on the whole message, and records it unless a recipient refuses it. */
  End end(Block block) {
    if (block.tooLarge()) {
      return new Reply("552 5.3.4 Message size exceeds " + SmtpSession.MESSAGE_BYTES + " bytes");
    }
    for (Reaction reaction : reactions) {
      if (reaction instanceof RefuseMessage(String reply)) {
        return new Reply(reply);
      }
    }
    deliver(block);
    if (has(NeverAnswer.class)) {
      return new Silence();
    }
    if (has(DropAfterDot.class)) {
      return new HangUp();
    }
    String accepted = "250 2.0.0 Ok, taken";
    return has(AnswerLate.class) ? new LateReply(accepted) : new Reply(accepted);
  }

  private boolean has(Class<? extends Reaction> kind) {
    return reactions.stream().anyMatch(kind::isInstance);
  }

  private void deliver(Block block) {
    Instant now = house.clock().instant();
    for (int i = 0; i < reactions.size(); i++) {
      var mail =
          new ArrivedMail(
              envelope.recipients().get(i),
              envelope.returnPath(),
              now,
              client,
              tls,
              block,
              house.inbox());
      house.inbox().arrived(mail);
      if (reactions.get(i) instanceof AcceptThen then) {
        house.mailer().schedule(then, mail);
      }
    }
  }
}
