package io.leverans.domain.channel;

import java.util.Objects;

/**
 * A channel ready to be used: its settings hold the secrets in clear. Never stored, never logged.
 */
public record OpenChannel(ChannelId id, ChannelKind kind, ChannelSettings settings) {
  public OpenChannel {
    Objects.requireNonNull(id);
    Objects.requireNonNull(kind);
    Objects.requireNonNull(settings);
  }
}
