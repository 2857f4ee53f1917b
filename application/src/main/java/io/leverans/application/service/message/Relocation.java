package io.leverans.application.service.message;

import io.leverans.application.port.in.MoveWaitingMail.Command;
import io.leverans.application.port.out.Identities;
import io.leverans.application.port.out.WaitingMail;
import io.leverans.application.port.out.WaitingMail.Moved;
import io.leverans.application.port.out.WaitingMail.MovedMessage;
import io.leverans.application.port.out.WaitingMail.WaitingMessage;
import io.leverans.application.service.message.MovePlan.Target;
import io.leverans.application.service.rights.ChannelRights;
import io.leverans.application.view.Caller;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.team.TeamId;
import java.util.List;
import java.util.Optional;

/** One walk through the mail that waits for a channel: each message is moved, or it is told why. */
final class Relocation {
  private static final int PAGE = 100;

  private final WaitingMail waitingMail;
  private final Identities identities;
  private final MovePlan plan;
  private final Command command;
  private final Target to;
  private final MoveAccount account;

  Relocation(
      WaitingMail waitingMail,
      Identities identities,
      MovePlan plan,
      Command command,
      Target to,
      MoveAccount account) {
    this.waitingMail = waitingMail;
    this.identities = identities;
    this.plan = plan;
    this.command = command;
    this.to = to;
    this.account = account;
  }

  private enum Turn {
    SETTLED,
    CHANGED_MEANWHILE
  }

  void walk() {
    Optional<MessageId> last = Optional.empty();
    List<WaitingMessage> page;
    do {
      page = list(PAGE, last);
      for (WaitingMessage message : page) {
        if (mayMove(message)) {
          settle(message, last);
        }
        last = Optional.of(message.id());
      }
    } while (page.size() == PAGE);
  }

  private boolean mayMove(WaitingMessage message) {
    Caller caller = command.caller();
    return ChannelRights.isAdmin(caller)
        || message
            .identity()
            .flatMap(author -> identities.find(caller.team(), author))
            .filter(author -> author.member().equals(caller.member().id()))
            .isPresent();
  }

  private void settle(WaitingMessage message, Optional<MessageId> previous) {
    if (turn(message) == Turn.CHANGED_MEANWHILE) {
      lookAgain(message, previous)
          .filter(now -> turn(now) == Turn.CHANGED_MEANWHILE)
          .ifPresent(now -> account.stays(now, MovePlan.UNDER_WAY));
    }
  }

  private Turn turn(WaitingMessage message) {
    return switch (plan.decide(team(), message, command.from(), to)) {
      case MovePlan.Decision.Stay(var why) -> {
        account.stays(message, why);
        yield Turn.SETTLED;
      }
      case MovePlan.Decision.Move(var moved) -> turn(message, moved);
    };
  }

  private Turn turn(WaitingMessage message, MovedMessage moved) {
    Moved done =
        switch (command.extent()) {
          case SHOW -> Moved.MOVED;
          case MOVE -> waitingMail.move(team(), moved);
        };
    return switch (done) {
      case MOVED -> {
        account.moves(message);
        yield Turn.SETTLED;
      }
      case CHANGED_MEANWHILE -> Turn.CHANGED_MEANWHILE;
    };
  }

  /** As it is now; absent if nothing of it is left. */
  private Optional<WaitingMessage> lookAgain(WaitingMessage message, Optional<MessageId> previous) {
    return list(1, previous).stream().filter(now -> now.id().equals(message.id())).findFirst();
  }

  private List<WaitingMessage> list(int atMost, Optional<MessageId> after) {
    return waitingMail.list(team(), command.from(), atMost, after);
  }

  private TeamId team() {
    return command.caller().team();
  }
}
