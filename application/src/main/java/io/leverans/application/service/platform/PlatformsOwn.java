package io.leverans.application.service.platform;

import io.leverans.application.port.out.Channels;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.ChannelOwner;
import io.leverans.domain.team.TeamId;

/** Tells the platform's own channels from those that others connected, whose servers are theirs. */
final class PlatformsOwn {
  private final Channels channels;

  PlatformsOwn(Channels channels) {
    this.channels = channels;
  }

  boolean isOne(TeamId team, ChannelId channel) {
    return channels
        .find(team, channel)
        .filter(found -> found.owner() instanceof ChannelOwner.Platform)
        .isPresent();
  }
}
