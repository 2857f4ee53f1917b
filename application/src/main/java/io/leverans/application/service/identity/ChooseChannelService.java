package io.leverans.application.service.identity;

import io.leverans.application.port.in.ChooseChannel;
import io.leverans.application.port.out.Channels;
import io.leverans.application.port.out.Identities;
import io.leverans.application.port.provider.ChannelProvider;
import io.leverans.application.port.provider.Providers;
import io.leverans.application.service.author.Authors;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.identity.Identity;
import java.util.Optional;

/** Lets an identity send through a channel that its member may use, or by the rule again. */
public final class ChooseChannelService implements ChooseChannel {
  private final Identities identities;
  private final Channels channels;
  private final Providers providers;
  private final Choosing choosing;
  private final Authors authors;
  private final ReadIdentitiesService visible;

  public ChooseChannelService(
      Identities identities, Channels channels, Choosing choosing, Authors authors) {
    this.identities = identities;
    this.channels = channels;
    this.providers = choosing.providers();
    this.choosing = choosing;
    this.authors = authors;
    this.visible = new ReadIdentitiesService(identities);
  }

  @Override
  public Result choose(Command command) {
    Optional<Identity> identity = visible.read(command.caller(), command.identity());
    if (identity.isEmpty()) {
      return new Result.UnknownIdentity();
    }
    return command
        .channel()
        .flatMap(channel -> objection(identity.get(), channel))
        .orElseGet(() -> chosen(command));
  }

  /** Why the identity cannot use the channel, if it cannot. */
  private Optional<Result> objection(Identity identity, ChannelId id) {
    Optional<Channel> channel =
        channels.find(identity.team(), id).filter(found -> found.isOpenTo(identity.member()));
    if (channel.isEmpty()) {
      return Optional.of(new Result.UnknownChannel(id));
    }
    return providers.find(channel.get().kind()).isEmpty()
        ? Optional.of(new Result.KindNotOffered(id))
        : Optional.empty();
  }

  private Result chosen(Command command) {
    var _ =
        identities.choose(
            command.caller().team(), command.identity(), command.channel(), choosing.terms());
    Optional<Identity> identity = visible.read(command.caller(), command.identity());
    return identity
        .map(present -> lost(command, present).orElseGet(() -> answer(present)))
        .orElseGet(Result.UnknownIdentity::new);
  }

  /** A channel that was removed while it was being chosen. */
  private static Optional<Result> lost(Command command, Identity identity) {
    return command
        .channel()
        .filter(wanted -> !wanted.equals(identity.channel()))
        .map(Result.UnknownChannel::new);
  }

  private Result answer(Identity identity) {
    ChannelId id = identity.channel();
    Optional<Channel> channel = channels.find(identity.team(), id);
    if (channel.isEmpty()) {
      return new Result.UnknownChannel(id);
    }
    Optional<ChannelProvider> provider = providers.find(channel.get().kind());
    return provider
        .<Result>map(
            known ->
                new Result.Chosen(
                    identity,
                    Presentations.view(authors.of(identity, known), channel.get(), known)))
        .orElseGet(() -> new Result.KindNotOffered(id));
  }
}
