package io.leverans.application.port.out;

import io.leverans.domain.senderdomain.DomainName;
import java.util.Optional;

/** Turns names as people write them into those that DNS knows. Safe for use by many threads. */
@FunctionalInterface
public interface DomainNames {
  /** The name in A-labels; empty if it is none, or not surely the right one. */
  Optional<DomainName> inALabels(String domain);
}
