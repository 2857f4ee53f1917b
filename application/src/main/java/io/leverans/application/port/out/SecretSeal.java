package io.leverans.application.port.out;

import io.leverans.domain.channel.SealedSecrets;
import io.leverans.domain.channel.SecretHolder;
import java.util.Map;

/**
 * Makes secrets unreadable for the store, each bound to its holder. Safe for use by many threads.
 */
public interface SecretSeal {
  /**
   * Fetches what sealing needs now, such that what is sealed next asks nobody. Keys are dropped in
   * time: it is to be used at once, and where the holder is locked, fetched after that.
   */
  Sealer sealer();

  /** Seals with what is fetched for it. */
  default SealedSecrets seal(SecretHolder holder, Map<String, String> secrets) {
    return sealer().seal(holder, secrets);
  }

  /**
   * Gives back what was sealed for this holder.
   *
   * @throws UnreadableSecretsException if it was sealed for another, by keys that are not at hand,
   *     or was changed since
   */
  Map<String, String> open(SecretHolder holder, SealedSecrets sealed);

  /** Seals with the keys it has. */
  @FunctionalInterface
  interface Sealer {
    SealedSecrets seal(SecretHolder holder, Map<String, String> secrets);
  }
}
