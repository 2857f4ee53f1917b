package io.leverans.application.service.author;

import io.leverans.application.port.out.Channels;
import io.leverans.application.port.provider.Providers;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelOwner;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.identity.Identity;
import java.util.List;
import java.util.stream.Stream;

/** The addresses that mail of an identity is from: its own, and those that its channels show. */
public final class ShownAddresses {
  private final Channels channels;
  private final Providers providers;
  private final Authors authors;

  public ShownAddresses(Channels channels, Providers providers, Authors authors) {
    this.channels = channels;
    this.providers = providers;
    this.authors = authors;
  }

  /** Its own first. */
  public List<EmailAddress> of(Identity identity) {
    Stream<EmailAddress> shown =
        channels.ofTeam(identity.team()).stream()
            .filter(channel -> isOpenTo(identity, channel))
            .flatMap(channel -> shown(identity, channel));
    return Stream.concat(Stream.of(identity.mailbox().address()), shown).distinct().toList();
  }

  private static boolean isOpenTo(Identity identity, Channel channel) {
    return switch (channel.owner()) {
      case ChannelOwner.OfMember(_, var member) -> member.equals(identity.member());
      case ChannelOwner.OfTeam _, ChannelOwner.Platform _ -> true;
    };
  }

  private Stream<EmailAddress> shown(Identity identity, Channel channel) {
    return providers.find(channel.kind()).stream()
        .map(
            provider ->
                provider
                    .present(authors.of(identity, provider), channel.settings())
                    .from()
                    .address());
  }
}
