package io.leverans.mail.simulator;

import io.leverans.mail.simulator.Answer.HangUp;
import io.leverans.mail.simulator.Answer.Reply;
import io.leverans.mail.simulator.Answer.Silence;
import io.leverans.mail.simulator.LineReader.Block;
import io.leverans.mail.simulator.Reaction.Accept;
import io.leverans.mail.simulator.Reaction.AcceptThen;
import io.leverans.mail.simulator.Reaction.AnswerLate;
import io.leverans.mail.simulator.Reaction.DropAfterDot;
import io.leverans.mail.simulator.Reaction.DropInData;
import io.leverans.mail.simulator.Reaction.NeverAnswer;
import io.leverans.mail.simulator.Reaction.RefuseMessage;
import io.leverans.mail.simulator.Reaction.RefuseRecipient;
import io.leverans.mail.simulator.Reaction.RefuseRecipientOnce;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The mail server of every domain: each recipient does what the address says. */
final class RecipientsRules implements SmtpRules {
  static final String HOST = "mx.simulated.test";

  private final MailHouse house;

  RecipientsRules(MailHouse house) {
    this.house = house;
  }

  @Override
  public String host() {
    return HOST;
  }

  @Override
  public void greeted(String client) {
    // every client is treated alike
  }

  @Override
  public void encrypted() {
    // nobody signs in here
  }

  @Override
  public Extensions extensions(Optional<String> tls) {
    List<String> keywords =
        new ArrayList<>(List.of(Extensions.EIGHT_BIT, Extensions.INTERNATIONAL, "PIPELINING"));
    if (tls.isEmpty()) {
      keywords.add(Extensions.STARTTLS);
    }
    keywords.add("ENHANCEDSTATUSCODES");
    return new Extensions(Extensions.USUAL_BYTES, keywords);
  }

  @Override
  public Reply signIn(String arguments, SmtpConnection connection) {
    return Answer.reply("502 5.5.1 Nobody signs in here");
  }

  @Override
  public Optional<Reply> refusalOf(String returnPath) {
    return Optional.empty();
  }

  @Override
  public Answer recipient(Envelope envelope, String recipient) {
    return switch (Behaviour.of(recipient).reaction()) {
      case RefuseRecipient(List<String> lines) -> refusal(lines, recipient);
      case RefuseRecipientOnce(List<String> lines)
          when house.firstTimes().isFirst("RCPT " + envelope.returnPath() + ' ' + recipient) ->
          refusal(lines, recipient);
      case AnswerLate _ -> Answer.lateReply("250 2.1.5 Ok");
      case Accept _,
          AcceptThen _,
          DropAfterDot _,
          DropInData _,
          NeverAnswer _,
          RefuseMessage _,
          RefuseRecipientOnce _ ->
          Answer.reply("250 2.1.5 Ok");
    };
  }

  private static Reply refusal(List<String> lines, String recipient) {
    return new Reply(lines.stream().map(line -> line.replace("{recipient}", recipient)).toList());
  }

  @Override
  public boolean hangsUpInData(Envelope envelope) {
    return has(envelope, DropInData.class)
        && house
            .firstTimes()
            .isFirst("DATA " + envelope.returnPath() + ' ' + envelope.recipients());
  }

  /** Records the message unless a recipient refuses it. */
  @Override
  public Answer end(Envelope envelope, Origin origin, Block block) {
    for (String recipient : envelope.recipients()) {
      if (Behaviour.of(recipient).reaction() instanceof RefuseMessage(String reply)) {
        return Answer.reply(reply);
      }
    }
    deliver(envelope, origin, block);
    if (has(envelope, NeverAnswer.class)) {
      return new Silence();
    }
    if (has(envelope, DropAfterDot.class)) {
      return new HangUp();
    }
    String accepted = "250 2.0.0 Ok, taken";
    return has(envelope, AnswerLate.class) ? Answer.lateReply(accepted) : Answer.reply(accepted);
  }

  private static boolean has(Envelope envelope, Class<? extends Reaction> kind) {
    return envelope.recipients().stream()
        .map(recipient -> Behaviour.of(recipient).reaction())
        .anyMatch(kind::isInstance);
  }

  private void deliver(Envelope envelope, Origin origin, Block block) {
    Instant now = house.clock().instant();
    for (String recipient : envelope.recipients()) {
      ArrivedMail mail = house.mail(recipient, envelope.returnPath(), now, origin, block);
      house.inbox().arrived(mail);
      if (Behaviour.of(recipient).reaction() instanceof AcceptThen then) {
        house.mailer().schedule(then, mail);
      }
    }
  }
}
