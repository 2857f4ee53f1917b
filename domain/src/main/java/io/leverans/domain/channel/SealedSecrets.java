package io.leverans.domain.channel;

import java.util.Base64;

/**
 * A channel's secrets as they are stored: unreadable without the platform's keys.
 *
 * @param base64 what the sealing made (RFC 4648 §4); empty if there are no secrets
 */
public record SealedSecrets(String base64) {
  /** Of a channel that needs no secret. */
  public static final SealedSecrets NONE = new SealedSecrets("");

  public SealedSecrets {
    var _ = Base64.getDecoder().decode(base64);
  }

  public static SealedSecrets of(byte[] bytes) {
    return new SealedSecrets(Base64.getEncoder().encodeToString(bytes));
  }

  public byte[] bytes() {
    return Base64.getDecoder().decode(base64);
  }

  @Override
  public String toString() {
    return "SealedSecrets[" + base64.length() + " letters]";
  }
}
