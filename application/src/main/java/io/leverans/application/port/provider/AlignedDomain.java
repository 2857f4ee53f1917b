package io.leverans.application.port.provider;

import io.leverans.domain.message.Octets;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A sender domain in use, and what is needed to write in its name.
 *
 * @param name in A-labels
 * @param key that signs now; absent where recipients could not find it, so that a signature in the
 *     domain's name would fail
 * @param returnPathHost the domain's alias of the platform's bounce host, where it is published
 * @param fallsBackAt when it is in use no more unless its records come back, where some are gone
 */
public record AlignedDomain(
    String name,
    Optional<SigningKey> key,
    Optional<String> returnPathHost,
    Optional<Instant> fallsBackAt) {
  public AlignedDomain {
    Objects.requireNonNull(name);
    Objects.requireNonNull(key);
    Objects.requireNonNull(returnPathHost);
    Objects.requireNonNull(fallsBackAt);
  }

  /**
   * A key of a domain.
   *
   * @param selector its name in DNS (RFC 6376 §3.1)
   * @param privateKey an RSA key in PKCS#8
   */
  public record SigningKey(String selector, Octets privateKey) {
    public SigningKey {
      Objects.requireNonNull(selector);
      Objects.requireNonNull(privateKey);
    }

    /** Without the key. */
    @Override
    public String toString() {
      return "SigningKey[" + selector + "]";
    }
  }
}
