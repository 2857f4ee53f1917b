package io.leverans.domain.delivery;

import java.util.Objects;
import java.util.Optional;

/**
 * The server that an attempt spoke with.
 *
 * @param host its name
 * @param address its network address and port, as text
 */
public record NextHop(String host, String address, Security security) {
  public NextHop {
    Objects.requireNonNull(host);
    Objects.requireNonNull(address);
    Objects.requireNonNull(security);
  }

  /** How the connection was protected. */
  public sealed interface Security {
    /** Not at all, because the server offers nothing or the handshake failed, as told. */
    record Plain(String why) implements Security {}

    /**
     * Encrypted.
     *
     * @param protocol such as {@code TLSv1.3}
     * @param certificateProblem what is wrong with the server's certificate; absent where it proved
     *     to be that of the host that is named
     */
    record Encrypted(String protocol, Optional<String> certificateProblem) implements Security {}
  }
}
