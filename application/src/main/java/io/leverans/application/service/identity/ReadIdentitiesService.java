package io.leverans.application.service.identity;

import io.leverans.application.port.in.ReadIdentities;
import io.leverans.application.port.out.Identities;
import io.leverans.application.view.Caller;
import io.leverans.domain.identity.Identity;
import io.leverans.domain.identity.IdentityId;
import io.leverans.domain.team.Member;
import java.util.List;
import java.util.Optional;

/** Shows an admin the team's identities, a member their own. */
public final class ReadIdentitiesService implements ReadIdentities {
  private final Identities identities;

  public ReadIdentitiesService(Identities identities) {
    this.identities = identities;
  }

  @Override
  public List<Identity> list(Caller caller) {
    return identities.list(caller.team()).stream()
        .filter(identity -> maySee(caller, identity))
        .toList();
  }

  @Override
  public Optional<Identity> read(Caller caller, IdentityId identity) {
    return identities.find(caller.team(), identity).filter(found -> maySee(caller, found));
  }

  private static boolean maySee(Caller caller, Identity identity) {
    return caller.member().role() == Member.Role.ADMIN
        || caller.member().id().equals(identity.member());
  }
}
