package io.leverans.application.service.rights;

import io.leverans.application.view.Caller;
import io.leverans.domain.identity.Identity;
import io.leverans.domain.team.Member;

/** Who writes in whose name: an admin in the team's, a member in their own. */
public final class SendingRights {
  private SendingRights() {}

  public static boolean maySendAs(Caller caller, Identity identity) {
    return caller.member().role() == Member.Role.ADMIN
        || caller.member().id().equals(identity.member());
  }
}
