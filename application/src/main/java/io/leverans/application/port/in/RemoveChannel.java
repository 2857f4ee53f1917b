package io.leverans.application.port.in;

import io.leverans.application.view.Caller;
import io.leverans.application.view.Rechosen;
import io.leverans.application.view.WaitingAmount;
import io.leverans.domain.channel.ChannelId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Removes a channel with its secrets, and gives access to an account back. Which channel each
 * identity uses is decided anew; mail that was accepted for it is never moved by this.
 */
@FunctionalInterface
public interface RemoveChannel {
  Result remove(Command command);

  record Command(Caller caller, ChannelId channel, WithMail withMail) {
    public Command {
      Objects.requireNonNull(caller);
      Objects.requireNonNull(channel);
      Objects.requireNonNull(withMail);
    }
  }

  /** What to do if mail waits for it. */
  enum WithMail {
    REFUSE,
    /** Remove it nevertheless: the mail waits until it is moved to another channel. */
    LEAVE_WAITING
  }

  /** What became of the access to an account. */
  enum Access {
    /** The channel had none. */
    NONE,
    GIVEN_BACK,
    /** Another channel has the same account, and would lose it too. */
    STILL_NEEDED,
    /** The provider has no place for it. */
    NOT_OFFERED,
    /** Or nobody can tell any more, as where the deployment does not offer the kind. */
    FAILED
  }

  /** The answer. */
  sealed interface Result {
    record Removed(List<Rechosen> rechosen, Optional<WaitingAmount> waiting, Access access)
        implements Result {}

    record UnknownChannel() implements Result {}

    /** The platform's channels are the operator's, the team's are the admins'. */
    record NotYours() implements Result {}

    /** Nothing is removed. */
    record MailWaits(WaitingAmount waiting) implements Result {}
  }
}
