package io.leverans.application.service.identity;

import io.leverans.application.port.in.PresentIdentity;
import io.leverans.application.port.in.ReadIdentities;
import io.leverans.application.port.out.Channels;
import io.leverans.application.port.provider.Providers;
import io.leverans.application.service.author.Authors;
import io.leverans.application.view.Caller;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.identity.Identity;
import io.leverans.domain.identity.IdentityId;
import java.util.Optional;

/** Asks the provider of a channel that the identity may use. */
public final class PresentIdentityService implements PresentIdentity {
  private final ReadIdentities identities;
  private final Channels channels;
  private final Providers providers;
  private final Authors authors;

  public PresentIdentityService(
      ReadIdentities identities, Channels channels, Providers providers, Authors authors) {
    this.identities = identities;
    this.channels = channels;
    this.providers = providers;
    this.authors = authors;
  }

  @Override
  public Result present(Caller caller, IdentityId id, Optional<ChannelId> through) {
    Optional<Identity> identity = identities.read(caller, id);
    if (identity.isEmpty()) {
      return new Result.UnknownIdentity();
    }
    ChannelId wanted = through.orElseGet(identity.get()::channel);
    return channels
        .find(caller.team(), wanted)
        .filter(channel -> channel.isOpenTo(identity.get().member()))
        .map(channel -> present(identity.get(), channel))
        .orElseGet(() -> new Result.UnknownChannel(wanted));
  }

  private Result present(Identity identity, Channel channel) {
    return providers
        .find(channel.kind())
        .<Result>map(
            provider ->
                new Result.Presented(
                    Presentations.view(authors.of(identity, provider), channel, provider)))
        .orElseGet(() -> new Result.KindNotOffered(channel.kind()));
  }
}
