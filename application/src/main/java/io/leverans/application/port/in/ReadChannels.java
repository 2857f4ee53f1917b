package io.leverans.application.port.in;

import io.leverans.application.view.Caller;
import io.leverans.application.view.ChannelView;
import io.leverans.domain.channel.ChannelId;
import java.util.List;
import java.util.Optional;

/**
 * Shows channels, their health and what waits for them: to a member those that they may send
 * through, to an admin all of the team's.
 */
public interface ReadChannels {
  /** The platform's first, then by age. */
  List<ChannelView> list(Caller caller);

  Optional<ChannelView> read(Caller caller, ChannelId channel);
}
