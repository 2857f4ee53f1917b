package io.leverans.application.port.out;

import io.leverans.domain.channel.SealedSecrets;
import io.leverans.domain.channel.SecretHolder;
import java.util.Map;

/**
 * Makes secrets unreadable for the store, each bound to its holder. Safe for use by many threads.
 */
public interface SecretSeal {
  SealedSecrets seal(SecretHolder holder, Map<String, String> secrets);

  /**
   * Gives back what was sealed for this holder.
   *
   * @throws UnreadableSecretsException if it was sealed for another, by keys that are not at hand,
   *     or was changed since
   */
  Map<String, String> open(SecretHolder holder, SealedSecrets sealed);
}
