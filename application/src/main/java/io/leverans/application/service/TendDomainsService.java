package io.leverans.application.service;

import io.leverans.application.port.in.TendDomains;
import io.leverans.application.port.out.SenderDomains;
import java.time.Duration;
import java.util.Optional;

/** Checks due domains, each by one of the nodes. */
public final class TendDomainsService implements TendDomains {
  private static final int AT_ONCE = 50;

  /** After which another node tries what this one has begun. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final SenderDomains domains;
  private final DomainChecks checks;
  private final TellingOfLapses lapses;

  public TendDomainsService(SenderDomains domains, DomainChecks checks, TellingOfLapses lapses) {
    this.domains = domains;
    this.checks = checks;
    this.lapses = lapses;
  }

  @Override
  public Result tend() {
    long checked =
        domains.due(AT_ONCE).stream()
            .map(due -> domains.take(due, PATIENCE))
            .flatMap(Optional::stream)
            .map(checks::check)
            .flatMap(Optional::stream)
            .count();
    return new Result((int) checked, lapses.tell());
  }
}
