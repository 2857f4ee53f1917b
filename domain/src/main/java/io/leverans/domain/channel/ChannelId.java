package io.leverans.domain.channel;

import java.util.Objects;
import java.util.UUID;

/** Names one channel. */
public record ChannelId(UUID value) {
  public ChannelId {
    Objects.requireNonNull(value);
  }
}
