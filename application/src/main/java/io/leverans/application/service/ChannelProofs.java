package io.leverans.application.service;

import io.leverans.application.port.out.Identities;
import io.leverans.application.port.provider.ChannelProvider;
import io.leverans.application.port.provider.Proof;
import io.leverans.application.view.Caller;
import io.leverans.domain.channel.OpenChannel;

/** Tries channels against their real servers, as if the caller were about to write. */
final class ChannelProofs {
  private final Identities identities;

  ChannelProofs(Identities identities) {
    this.identities = identities;
  }

  Proof prove(Caller caller, ChannelProvider provider, OpenChannel channel) {
    return provider.prove(channel, ProvedAddress.of(caller.member(), identities));
  }
}
