package io.leverans.application.port.in;

import io.leverans.application.view.Caller;
import io.leverans.application.view.PresentationView;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.identity.Identity;
import io.leverans.domain.identity.IdentityId;
import java.util.Objects;
import java.util.Optional;

/** Chooses the channel of one identity. Messages accepted before keep theirs. */
@FunctionalInterface
public interface ChooseChannel {
  Result choose(Command command);

  /**
   * What is chosen.
   *
   * @param channel absent to leave it to the rule again
   */
  record Command(Caller caller, IdentityId identity, Optional<ChannelId> channel) {
    public Command {
      Objects.requireNonNull(caller);
      Objects.requireNonNull(identity);
      Objects.requireNonNull(channel);
    }
  }

  /** The answer. */
  sealed interface Result {
    /**
     * It sends through this channel from now on.
     *
     * @param presentation what recipients see through it
     */
    record Chosen(Identity identity, PresentationView presentation) implements Result {}

    record UnknownIdentity() implements Result {}

    /** The identity's member may not send through such a channel, or there is none. */
    record UnknownChannel(ChannelId channel) implements Result {}

    record KindNotOffered(ChannelId channel) implements Result {}
  }
}
