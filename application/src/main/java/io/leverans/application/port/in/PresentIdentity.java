package io.leverans.application.port.in;

import io.leverans.application.view.Caller;
import io.leverans.application.view.PresentationView;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.identity.IdentityId;
import java.util.Optional;

/** Shows what a recipient will see of an identity, by the same code that sends. */
@FunctionalInterface
public interface PresentIdentity {
  /**
   * Shows it.
   *
   * @param channel through which; the identity's own if absent
   */
  Result present(Caller caller, IdentityId identity, Optional<ChannelId> channel);

  /** The answer. */
  sealed interface Result {
    record Presented(PresentationView presentation) implements Result {}

    record UnknownIdentity() implements Result {}

    record UnknownChannel(ChannelId channel) implements Result {}

    record KindNotOffered(ChannelKind kind) implements Result {}
  }
}
