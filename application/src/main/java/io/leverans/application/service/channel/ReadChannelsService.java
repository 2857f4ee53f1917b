package io.leverans.application.service.channel;

import io.leverans.application.port.in.ReadChannels;
import io.leverans.application.port.out.Channels;
import io.leverans.application.port.out.Mailboxes;
import io.leverans.application.port.out.WaitingMail;
import io.leverans.application.port.provider.Providers;
import io.leverans.application.service.rights.VisibleChannels;
import io.leverans.application.view.Caller;
import io.leverans.application.view.ChannelView;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.ChannelOwner;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Shows channels to whoever may see them. */
public final class ReadChannelsService implements ReadChannels {
  private static final Comparator<Channel> PLATFORMS_FIRST =
      Comparator.comparing((Channel channel) -> !(channel.owner() instanceof ChannelOwner.Platform))
          .thenComparing(Channel::connectedAt)
          .thenComparing(channel -> channel.id().value());

  private final VisibleChannels visible;
  private final ChannelViews views;

  public ReadChannelsService(
      Channels channels, Providers providers, WaitingMail waitingMail, Mailboxes mailboxes) {
    this.visible = new VisibleChannels(channels);
    this.views = new ChannelViews(providers, waitingMail, mailboxes::states);
  }

  @Override
  public List<ChannelView> list(Caller caller) {
    return views.of(caller.team(), visible.list(caller).stream().sorted(PLATFORMS_FIRST).toList());
  }

  @Override
  public Optional<ChannelView> read(Caller caller, ChannelId channel) {
    return visible.find(caller, channel).map(found -> views.of(caller.team(), found));
  }
}
