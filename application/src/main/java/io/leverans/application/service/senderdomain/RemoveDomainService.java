package io.leverans.application.service.senderdomain;

import io.leverans.application.port.in.RemoveDomain;
import io.leverans.application.port.out.SenderDomains;
import io.leverans.application.service.rights.ChannelRights;
import io.leverans.domain.senderdomain.SenderDomain;
import io.leverans.domain.team.TeamId;
import java.util.Optional;

/** Removes a domain, and lets it go for whoever proves it next. */
public final class RemoveDomainService implements RemoveDomain {
  private final SenderDomains domains;

  public RemoveDomainService(SenderDomains domains) {
    this.domains = domains;
  }

  @Override
  public Result remove(Command command) {
    if (!ChannelRights.isAdmin(command.caller())) {
      return Result.ADMINS_ONLY;
    }
    TeamId team = command.caller().team();
    domains.find(team, command.domain()).ifPresent(this::release);
    Optional<SenderDomain> removed = domains.remove(team, command.domain());
    removed.ifPresent(this::release);
    return removed.isPresent() ? Result.REMOVED : Result.UNKNOWN_DOMAIN;
  }

  /** Before it is removed, so that a crash leaves none held for ever, and after a check between. */
  private void release(SenderDomain domain) {
    domains.release(domain.team(), domain.name());
  }
}
