package io.leverans.domain.delivery;

import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelKind;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * By which schedule the mail of each channel is tried: as its owner set it, else as the operator
 * set it for the kind, else the usual one.
 *
 * @param usual where nothing else is set
 */
public record RetrySchedules(RetrySchedule usual, Map<ChannelKind, RetrySchedule> ofKinds) {
  public RetrySchedules {
    Objects.requireNonNull(usual);
    ofKinds = Map.copyOf(ofKinds);
  }

  /** The same for all kinds. */
  public static RetrySchedules ofAll(RetrySchedule usual) {
    return new RetrySchedules(usual, Map.of());
  }

  public RetrySchedule of(Channel channel) {
    return channel.retrySchedule().orElseGet(() -> of(channel.kind()));
  }

  /** That of the kind's channels whose owners set none. */
  public RetrySchedule of(ChannelKind kind) {
    return ofKinds.getOrDefault(kind, usual);
  }

  /** That of a channel which may have been removed: of such a one nothing is known any more. */
  public RetrySchedule of(Optional<Channel> channel) {
    return channel.map(this::of).orElse(usual);
  }
}
