package io.leverans.application.service;

import io.leverans.application.port.out.SecretSeal;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelSettings;
import io.leverans.domain.channel.OpenChannel;
import io.leverans.domain.channel.SealedSecrets;
import java.util.HashMap;
import java.util.Map;

/** Puts a channel's secrets back among its settings, for as long as they are used. */
public final class OpeningChannels {
  private final SecretSeal seal;

  public OpeningChannels(SecretSeal seal) {
    this.seal = seal;
  }

  /**
   * Opens it.
   *
   * @throws io.leverans.application.port.out.UnreadableSecretsException if the keys at hand do not
   *     open its secrets
   */
  OpenChannel open(Channel channel) {
    if (channel.secrets().equals(SealedSecrets.NONE)) {
      return new OpenChannel(channel.id(), channel.kind(), channel.settings());
    }
    Map<String, String> all = new HashMap<>(channel.settings().values());
    all.putAll(seal.open(channel.id(), channel.secrets()));
    return new OpenChannel(channel.id(), channel.kind(), new ChannelSettings(all));
  }
}
