package io.leverans.application.port.out.memory;

import io.leverans.domain.senderdomain.DomainName;
import java.net.IDN;
import java.util.Optional;

/** Names in A-labels by the JDK's rules, which is good enough for tests. */
public final class MemoryDomainNames {
  private MemoryDomainNames() {}

  public static Optional<DomainName> inALabels(String domain) {
    try {
      return Optional.of(new DomainName(IDN.toASCII(domain)));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
