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
 * @param mailbox how the mailbox stands that its bounces are read in, if they are
 */
public record ChannelView(
    Channel channel,
    Optional<Capabilities> capabilities,
    Optional<WaitingAmount> waiting,
    Optional<MailboxState> mailbox) {
  /** One whose bounces are read in no mailbox. */
  public ChannelView(
      Channel channel, Optional<Capabilities> capabilities, Optional<WaitingAmount> waiting) {
    this(channel, capabilities, waiting, Optional.empty());
  }

  public ChannelView {
    Objects.requireNonNull(channel);
    Objects.requireNonNull(capabilities);
    Objects.requireNonNull(waiting);
    Objects.requireNonNull(mailbox);
  }
}
