package io.leverans.application.service;

import io.leverans.application.port.provider.ChannelProvider;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.channel.Pace;

/** How much may pass a lane of a channel: as its owner set it, else as the kind says. */
final class ChannelPace {
  private ChannelPace() {}

  static Pace of(Channel channel, Lane lane, ChannelProvider provider) {
    return channel.pace().orElseGet(() -> new Pace(provider.limits(lane, channel.settings())));
  }
}
