package io.leverans.application.port.provider;

import io.leverans.domain.message.Octets;
import java.util.Objects;
import java.util.Optional;

/**
 * A sender domain that works, and what is needed to write in its name.
 *
 * @param name in A-labels
 * @param selector of the key that signs now (RFC 6376 §3.1)
 * @param privateKey an RSA key in PKCS#8
 * @param returnPathHost the domain's alias of the platform's bounce host, where it is published
 */
public record AlignedDomain(
    String name, String selector, Octets privateKey, Optional<String> returnPathHost) {
  public AlignedDomain {
    Objects.requireNonNull(name);
    Objects.requireNonNull(selector);
    Objects.requireNonNull(privateKey);
    Objects.requireNonNull(returnPathHost);
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "AlignedDomain[" + name + ", " + selector + "]";
  }
}
