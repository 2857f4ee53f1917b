package io.leverans.application.port.in;

import io.leverans.application.view.Caller;
import io.leverans.domain.identity.Identity;
import io.leverans.domain.identity.IdentityId;
import java.util.List;
import java.util.Optional;

/** Shows the identities that a caller may see: an admin the team's, a member their own. */
public interface ReadIdentities {
  /** Oldest first. */
  List<Identity> list(Caller caller);

  Optional<Identity> read(Caller caller, IdentityId identity);
}
