package io.leverans.application.port.in;

import io.leverans.application.port.out.LinkCode;
import io.leverans.domain.identity.Identity;
import java.util.Optional;

/**
 * Proves an identity by the code in the link. Looking at the link proves nothing, since mail
 * scanners do; only {@link #verify} does.
 */
public interface VerifyIdentity {
  /** Whose link it is; empty if the code is unknown, used up or over. */
  Optional<Identity> lookUp(LinkCode code);

  /** Verifies; empty if the code is unknown, used up or over. */
  Optional<Identity> verify(LinkCode code);
}
