package io.leverans.application.service;

import io.leverans.application.port.out.Identities;
import io.leverans.application.port.provider.ChannelProvider;
import io.leverans.application.port.provider.Proof;
import io.leverans.application.view.Caller;
import io.leverans.domain.channel.OpenChannel;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.identity.Verification;
import io.leverans.domain.team.Member;
import java.util.Optional;

/** Tries channels against their real servers, as if the caller were about to write. */
final class ChannelProofs {
  private final Identities identities;

  ChannelProofs(Identities identities) {
    this.identities = identities;
  }

  Proof prove(Caller caller, ChannelProvider provider, OpenChannel channel) {
    return provider.prove(channel, sender(caller.member()));
  }

  private Optional<EmailAddress> sender(Member member) {
    return identities
        .findDefault(member.team(), member.id())
        .filter(identity -> identity.verification() instanceof Verification.Verified)
        .map(identity -> identity.mailbox().address());
  }
}
