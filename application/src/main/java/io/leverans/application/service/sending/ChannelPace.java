package io.leverans.application.service.sending;

import io.leverans.application.port.provider.ChannelProvider;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.channel.Pace;
import io.leverans.domain.channel.PacedLane;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How much may pass the lanes of a channel: as its owner set it, else as the kind says. */
public final class ChannelPace {
  private ChannelPace() {}

  static Pace of(Channel channel, Lane lane, ChannelProvider provider) {
    return channel.pace().orElseGet(() -> new Pace(provider.limits(lane, channel.settings())));
  }

  /** The lanes that whatever travels on that one passes: that one first, then those around it. */
  public static List<PacedLane> passed(Lane lane, Channel channel, ChannelProvider provider) {
    return Stream.iterate(
            Optional.of(lane), Optional::isPresent, inner -> inner.flatMap(provider::around))
        .map(Optional::orElseThrow)
        .map(each -> new PacedLane(each, of(channel, each, provider)))
        .toList();
  }
}
