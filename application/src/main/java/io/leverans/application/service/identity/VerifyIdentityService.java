package io.leverans.application.service.identity;

import io.leverans.application.port.in.VerifyIdentity;
import io.leverans.application.port.out.Identities;
import io.leverans.application.port.out.LinkCode;
import io.leverans.domain.identity.Identity;
import java.util.Optional;

/** Verifies whoever holds the code. */
public final class VerifyIdentityService implements VerifyIdentity {
  private final Identities identities;

  public VerifyIdentityService(Identities identities) {
    this.identities = identities;
  }

  @Override
  public Optional<Identity> lookUp(LinkCode code) {
    return identities.findByCode(code);
  }

  @Override
  public Optional<Identity> verify(LinkCode code) {
    return identities.verify(code);
  }
}
