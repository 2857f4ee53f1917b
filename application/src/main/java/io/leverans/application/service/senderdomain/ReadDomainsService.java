package io.leverans.application.service.senderdomain;

import io.leverans.application.port.in.ReadDomains;
import io.leverans.application.port.out.SenderDomains;
import io.leverans.application.view.Caller;
import io.leverans.application.view.SenderDomainView;
import io.leverans.domain.senderdomain.SenderDomain;
import io.leverans.domain.senderdomain.SenderDomainId;
import java.util.List;
import java.util.Optional;

/** Reads the domains of the caller's team. */
public final class ReadDomainsService implements ReadDomains {
  private final SenderDomains domains;
  private final DomainChecks checks;

  public ReadDomainsService(SenderDomains domains, DomainChecks checks) {
    this.domains = domains;
    this.checks = checks;
  }

  @Override
  public List<SenderDomain> list(Caller caller) {
    return domains.ofTeam(caller.team());
  }

  @Override
  public Optional<SenderDomainView> read(Caller caller, SenderDomainId domain) {
    return domains.find(caller.team(), domain).map(checks::look);
  }
}
