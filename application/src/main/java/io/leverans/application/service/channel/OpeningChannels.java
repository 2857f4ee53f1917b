package io.leverans.application.service.channel;

import io.leverans.application.port.out.SecretSeal;
import io.leverans.application.port.out.SecretSeal.Sealer;
import io.leverans.application.port.out.UnreadableSecretsException;
import io.leverans.application.port.provider.FilledIn;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.channel.ChannelSettings;
import io.leverans.domain.channel.OpenChannel;
import io.leverans.domain.channel.SealedSecrets;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.ChannelFault;
import io.leverans.domain.delivery.ChannelFault.Certainty;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Puts a channel's secrets back among its settings, for as long as they are used. */
public final class OpeningChannels {
  private final SecretSeal seal;

  public OpeningChannels(SecretSeal seal) {
    this.seal = seal;
  }

  /**
   * Opens it.
   *
   * @throws UnreadableSecretsException if the keys at hand do not open its secrets
   */
  public OpenChannel open(Channel channel) {
    return open(channel.id(), channel.kind(), channel.settings(), secretsOf(channel));
  }

  /** Opens one that is stored otherwise, or not yet. */
  static OpenChannel open(
      ChannelId id, ChannelKind kind, ChannelSettings settings, Map<String, String> secrets) {
    Map<String, String> all = new HashMap<>(settings.values());
    all.putAll(secrets);
    return new OpenChannel(id, kind, new ChannelSettings(all));
  }

  /** Opens one that is not stored yet. */
  static OpenChannel open(ChannelId id, ChannelKind kind, FilledIn.Complete filledIn) {
    return open(id, kind, filledIn.settings(), filledIn.secrets());
  }

  /**
   * Its secrets in clear.
   *
   * @throws UnreadableSecretsException if the keys at hand do not open them
   */
  public Map<String, String> secretsOf(Channel channel) {
    return secretsOf(channel.id(), channel.secrets());
  }

  private Map<String, String> secretsOf(ChannelId channel, SealedSecrets secrets) {
    return secrets.equals(SealedSecrets.NONE) ? Map.of() : seal.open(channel, secrets);
  }

  /** Secrets sealed for a channel, in clear; empty if the keys at hand do not open them. */
  Optional<Map<String, String>> readable(ChannelId channel, SealedSecrets secrets) {
    try {
      return Optional.of(secretsOf(channel, secrets));
    } catch (UnreadableSecretsException _) {
      return Optional.empty();
    }
  }

  /** None if nobody can read them any more: they are mended by giving them again. */
  Map<String, String> secretsIfReadable(Channel channel) {
    return readable(channel.id(), channel.secrets()).orElseGet(Map::of);
  }

  /** For the store; a channel that needs none has none. */
  public SealedSecrets seal(ChannelId channel, Map<String, String> secrets) {
    return secrets.isEmpty() ? SealedSecrets.NONE : seal.seal(channel, secrets);
  }

  /** For secrets that are yet to come, and must not be lost then for want of keys. */
  Sealer sealer() {
    return seal.sealer();
  }

  /** What it means for the channel that its secrets cannot be read. */
  public static ChannelFault fault(UnreadableSecretsException unreadable) {
    return new ChannelFault(
        Cause.CREDENTIALS_REFUSED,
        String.valueOf(unreadable.getMessage()),
        "Enter the channel's password or connect its account again, or have the operator restore"
            + " the keys.",
        Certainty.CERTAIN);
  }
}
