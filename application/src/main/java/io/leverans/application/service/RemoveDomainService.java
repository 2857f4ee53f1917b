package io.leverans.application.service;

import io.leverans.application.port.in.RemoveDomain;
import io.leverans.application.port.out.SenderDomains;
import io.leverans.domain.senderdomain.SenderDomain;
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
    Optional<SenderDomain> removed = domains.remove(command.caller().team(), command.domain());
    removed.ifPresent(domain -> domains.release(domain.team(), domain.name()));
    return removed.isPresent() ? Result.REMOVED : Result.UNKNOWN_DOMAIN;
  }
}
