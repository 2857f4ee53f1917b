package io.leverans.application.port.out;

import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.channel.ChannelOwner;
import io.leverans.domain.channel.ChannelSettings;
import io.leverans.domain.channel.SealedSecrets;
import io.leverans.domain.channel.WhenInDoubt;
import java.util.Objects;

/** A channel to be stored; the store adds the time. */
public record NewChannel(
    ChannelId id,
    ChannelKind kind,
    String label,
    ChannelOwner owner,
    ChannelSettings settings,
    SealedSecrets secrets,
    WhenInDoubt whenInDoubt) {
  public NewChannel {
    Objects.requireNonNull(id);
    Objects.requireNonNull(kind);
    Objects.requireNonNull(label);
    Objects.requireNonNull(owner);
    Objects.requireNonNull(settings);
    Objects.requireNonNull(secrets);
    Objects.requireNonNull(whenInDoubt);
  }

  /** One whose owner has chosen nothing for doubts. */
  public NewChannel(
      ChannelId id,
      ChannelKind kind,
      String label,
      ChannelOwner owner,
      ChannelSettings settings,
      SealedSecrets secrets) {
    this(id, kind, label, owner, settings, secrets, WhenInDoubt.HOLD);
  }
}
