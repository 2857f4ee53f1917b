package io.leverans.application.service.platform;

import io.leverans.application.port.in.ListPlatformFaults;
import io.leverans.application.port.out.PlatformFaults;
import io.leverans.application.view.Caller;
import io.leverans.domain.team.Member;

/** Lists faults of the platform for those who run it. */
public final class ListPlatformFaultsService implements ListPlatformFaults {
  private final PlatformFaults faults;

  public ListPlatformFaultsService(PlatformFaults faults) {
    this.faults = faults;
  }

  @Override
  public Result list(Caller caller, int limit) {
    boolean operator =
        caller.team().equals(OperatorsAddresses.TEAM)
            && caller.member().role() == Member.Role.ADMIN;
    return operator ? new Result.Listed(faults.latest(limit)) : new Result.OperatorsOnly();
  }
}
