package io.leverans.domain.channel;

import java.time.Instant;
import java.util.Objects;

/**
 * One connection of one kind through which identities send.
 *
 * @param settings what may be shown; the rest is among the secrets
 */
public record Channel(
    ChannelId id,
    ChannelKind kind,
    String label,
    ChannelOwner owner,
    ChannelSettings settings,
    SealedSecrets secrets,
    ChannelHealth health,
    Instant connectedAt) {

  public Channel {
    Objects.requireNonNull(id);
    Objects.requireNonNull(kind);
    Objects.requireNonNull(label);
    Objects.requireNonNull(owner);
    Objects.requireNonNull(settings);
    Objects.requireNonNull(secrets);
    Objects.requireNonNull(health);
    Objects.requireNonNull(connectedAt);
  }
}
