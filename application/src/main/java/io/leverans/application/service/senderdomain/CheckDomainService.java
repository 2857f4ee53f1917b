package io.leverans.application.service.senderdomain;

import io.leverans.application.port.in.CheckDomain;
import io.leverans.application.port.out.SenderDomains;

/** Checks a domain because somebody asks for it. */
public final class CheckDomainService implements CheckDomain {
  private final SenderDomains domains;
  private final DomainChecks checks;

  public CheckDomainService(SenderDomains domains, DomainChecks checks) {
    this.domains = domains;
    this.checks = checks;
  }

  @Override
  public Result check(Command command) {
    return domains
        .find(command.caller().team(), command.domain())
        .flatMap(checks::check)
        .<Result>map(Result.Done::new)
        .orElseGet(Result.UnknownDomain::new);
  }
}
