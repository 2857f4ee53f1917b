package io.leverans.application.service.sending;

import io.leverans.application.port.out.LeaseId;
import java.time.Duration;
import java.util.Objects;

/**
 * How this node claims.
 *
 * @param length after which another node takes over what this one no longer renews
 */
public record LeaseTerms(LeaseId holder, Duration length) {
  public LeaseTerms {
    Objects.requireNonNull(holder);
    if (!length.isPositive()) {
      throw new IllegalArgumentException("a lease has a positive length");
    }
  }
}
