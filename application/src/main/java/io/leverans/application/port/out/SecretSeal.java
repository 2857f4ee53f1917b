package io.leverans.application.port.out;

import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.SealedSecrets;
import java.util.Map;

/**
 * Makes secrets unreadable for the store, each channel's bound to the channel. Safe for use by many
 * threads.
 */
public interface SecretSeal {
  SealedSecrets seal(ChannelId channel, Map<String, String> secrets);

  /**
   * Gives back what was sealed for this channel.
   *
   * @throws UnreadableSecretsException if it was sealed for another, by keys that are not at hand,
   *     or was changed since
   */
  Map<String, String> open(ChannelId channel, SealedSecrets sealed);
}
