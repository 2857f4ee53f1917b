package io.leverans.domain.channel;

import java.util.Objects;
import java.util.UUID;

/** Names one channel. */
public record ChannelId(UUID value) implements SecretHolder {
  public ChannelId {
    Objects.requireNonNull(value);
  }

  @Override
  public String sealedFor() {
    return "channel/" + value;
  }
}
