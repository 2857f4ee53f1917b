package io.leverans.application.port.out;

import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.ChannelFault;
import io.leverans.domain.delivery.ChannelFault.Certainty;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.NextStep;
import io.leverans.domain.delivery.Outcome;
import io.leverans.domain.message.Message;
import java.time.Duration;
import java.util.Optional;

/** What a channel's fault does to the mail of a {@link Sender}. */
final class Parking {
  static final ChannelFault FAULT =
      new ChannelFault(
          Cause.CREDENTIALS_REFUSED,
          "535 5.7.8 no",
          "Enter the password again.",
          Certainty.CERTAIN);

  private Parking() {}

  static Outcome notTried() {
    return new Outcome.NotTried(FAULT, Optional.empty());
  }

  /** It waits until its channel works again. */
  static void park(Sender sender, Claim claim) {
    sender.settle(claim, notTried(), new NextStep.AwaitChannel(DeliveryFact.NOT_TRIED));
  }

  /** It waits until its channel works again, or until then. */
  static void park(Sender sender, Claim claim, Duration atMost) {
    sender.settle(
        claim,
        new Outcome.NotTried(FAULT, Optional.of(atMost)),
        new NextStep.Return(DeliveryFact.NOT_TRIED, atMost));
  }

  /** The mail, to be sent through that channel. */
  static NewMail through(ChannelId channel, NewMail mail) {
    Message message = mail.message();
    Message changed =
        new Message(
            message.team(),
            message.id(),
            message.purpose(),
            message.identity(),
            channel,
            message.from(),
            message.recipients(),
            message.content(),
            message.metadata(),
            message.internetId(),
            message.date());
    return new NewMail(
        changed,
        mail.urgency(),
        mail.schedule(),
        mail.composed(),
        mail.returnPathHost(),
        mail.dispatches(),
        mail.idempotency());
  }
}
