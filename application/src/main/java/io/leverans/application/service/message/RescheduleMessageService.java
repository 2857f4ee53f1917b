package io.leverans.application.service.message;

import io.leverans.application.port.in.RescheduleMessage;
import io.leverans.application.port.out.Identities;
import io.leverans.application.port.out.Messages;
import io.leverans.application.service.rights.VisibleMessages;
import io.leverans.application.view.DeliveryView;
import io.leverans.application.view.MessageView;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.Lifecycle;
import io.leverans.domain.message.Schedule;
import io.leverans.domain.message.TimeChange;
import io.leverans.domain.team.TeamId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Checks the times against each other and gives them to what is left of the message. */
public final class RescheduleMessageService implements RescheduleMessage {
  private final Messages messages;
  private final VisibleMessages visible;
  private final InstantSource clock;

  public RescheduleMessageService(Messages messages, Identities identities, InstantSource clock) {
    this.messages = messages;
    this.visible = new VisibleMessages(messages, identities);
    this.clock = clock;
  }

  @Override
  public Result reschedule(Command command) {
    Optional<MessageView> message = visible.find(command.caller(), command.message());
    if (message.isEmpty()) {
      return new Result.UnknownMessage();
    }
    if (message.get().deliveries().stream().noneMatch(RescheduleMessageService::isLeft)) {
      return new Result.NothingLeft(message.get());
    }
    Instant now = clock.instant();
    return objection(message.get().schedule(), command, now)
        .<Result>map(Result.Unschedulable::new)
        .orElseGet(() -> carryOut(command, now));
  }

  private static boolean isLeft(DeliveryView delivery) {
    return Lifecycle.next(delivery.state(), DeliveryFact.RESCHEDULED).isPresent();
  }

  /** A time to send at that is kept may have passed. */
  private static Optional<Schedule.Objection> objection(
      Schedule before, Command command, Instant now) {
    return before.seenAt(now).with(command.sending(), command.expiry()).objection(now);
  }

  private Result carryOut(Command command, Instant now) {
    TeamId team = command.caller().team();
    int changed =
        messages.reschedule(team, command.message(), seenAt(now, command), command.expiry());
    MessageView after = messages.find(team, command.message()).orElseThrow();
    return changed == 0 ? new Result.NothingLeft(after) : new Result.Rescheduled(after);
  }

  private static TimeChange seenAt(Instant now, Command command) {
    return command.sending() instanceof TimeChange.To(Instant time) && !time.isAfter(now)
        ? new TimeChange.Clear()
        : command.sending();
  }
}
