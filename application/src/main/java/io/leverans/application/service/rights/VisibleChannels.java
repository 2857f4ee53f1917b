package io.leverans.application.service.rights;

import io.leverans.application.port.out.Channels;
import io.leverans.application.view.Caller;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelId;
import java.util.List;
import java.util.Optional;

/** The channels that a caller may see: an admin the team's, a member those open to them. */
public final class VisibleChannels {
  private final Channels channels;

  public VisibleChannels(Channels channels) {
    this.channels = channels;
  }

  public List<Channel> list(Caller caller) {
    return switch (caller.member().role()) {
      case ADMIN -> channels.ofTeam(caller.team());
      case MEMBER -> channels.openTo(caller.member());
    };
  }

  public Optional<Channel> find(Caller caller, ChannelId channel) {
    return channels
        .find(caller.team(), channel)
        .filter(found -> ChannelRights.maySee(caller, found));
  }
}
