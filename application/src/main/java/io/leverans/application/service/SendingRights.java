package io.leverans.application.service;

import io.leverans.application.view.Caller;
import io.leverans.domain.identity.Identity;
import io.leverans.domain.team.Member;

/** Who writes in whose name: an admin in the team's, a member in their own. */
final class SendingRights {
  private SendingRights() {}

  static boolean maySendAs(Caller caller, Identity identity) {
    return caller.member().role() == Member.Role.ADMIN
        || caller.member().id().equals(identity.member());
  }
}
