package io.leverans.application.service.channel;

import io.leverans.application.port.out.Identities;
import io.leverans.application.port.provider.ChannelProvider;
import io.leverans.application.port.provider.Proof;
import io.leverans.application.service.author.ProvedAddress;
import io.leverans.application.service.channel.UsableChannels.Opening;
import io.leverans.application.view.Caller;
import io.leverans.domain.channel.OpenChannel;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.ChannelFault;
import java.util.List;
import java.util.Optional;

/** Tries channels against their real servers, as if the caller were about to write. */
final class ChannelProofs {
  private final Identities identities;

  ChannelProofs(Identities identities) {
    this.identities = identities;
  }

  Proof prove(Caller caller, ChannelProvider provider, OpenChannel channel) {
    return provider.prove(channel, ProvedAddress.of(caller.member(), identities));
  }

  /** The same for one that perhaps could not be opened. */
  Proof prove(Caller caller, ChannelProvider provider, Opening opening) {
    return switch (opening) {
      case Opening.Ready(var open) -> prove(caller, provider, open);
      case Opening.AtFault(var fault, _) -> unproved(fault);
      case Opening.NotNow(var words) ->
          unproved(
              new ChannelFault(
                  Cause.NETWORK_FAILURE,
                  words,
                  "Try again in a minute; mail is tried again by itself.",
                  ChannelFault.Certainty.PRESUMED));
    };
  }

  private static Proof.Fails unproved(ChannelFault fault) {
    return new Proof.Fails(fault, Optional.empty(), List.of());
  }
}
