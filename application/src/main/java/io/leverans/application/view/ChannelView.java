package io.leverans.application.view;

import io.leverans.domain.channel.Capabilities;
import io.leverans.domain.channel.Channel;
import java.util.Objects;
import java.util.Optional;

/**
 * A channel as those who use it see it.
 *
 * @param capabilities what this one can do; absent if the deployment does not offer its kind, so
 *     that its mail waits
 * @param waiting what of the team's mail is still to be tried through it, if anything
 */
public record ChannelView(
    Channel channel, Optional<Capabilities> capabilities, Optional<WaitingAmount> waiting) {
  public ChannelView {
    Objects.requireNonNull(channel);
    Objects.requireNonNull(capabilities);
    Objects.requireNonNull(waiting);
  }
}
