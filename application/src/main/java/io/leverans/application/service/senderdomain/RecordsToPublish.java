package io.leverans.application.service.senderdomain;

import io.leverans.application.port.out.DomainNames;
import io.leverans.application.port.out.SenderDomains;
import io.leverans.application.view.FailedAction.Lacking;
import io.leverans.domain.senderdomain.DomainName;
import io.leverans.domain.senderdomain.DomainStanding.Lapsed;
import io.leverans.domain.senderdomain.DomainStanding.Pending;
import io.leverans.domain.senderdomain.ExpectedRecord;
import io.leverans.domain.senderdomain.SenderDomain;
import io.leverans.domain.senderdomain.SenderDomain.Alias;
import io.leverans.domain.senderdomain.Sight;
import io.leverans.domain.team.TeamId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What the domains that mail is written from lack in DNS, as the latest checks saw it. */
public final class RecordsToPublish {
  private final SenderDomains domains;
  private final DomainNames names;
  private final DomainChecks checks;

  public RecordsToPublish(SenderDomains domains, DomainNames names, DomainChecks checks) {
    this.domains = domains;
    this.names = names;
    this.checks = checks;
  }

  /** For each of the domains, as it stands in authors' addresses. */
  public List<Lacking> of(TeamId team, List<String> authorsDomains) {
    if (authorsDomains.isEmpty()) {
      return List.of();
    }
    List<SenderDomain> own = domains.ofTeam(team);
    return authorsDomains.stream().map(name -> lacking(name, covering(name, own))).toList();
  }

  private Optional<SenderDomain> covering(String name, List<SenderDomain> own) {
    List<DomainName> enclosing = names.inALabels(name).map(DomainName::enclosing).orElse(List.of());
    return own.stream()
        .filter(domain -> enclosing.contains(domain.name()))
        .max(Comparator.comparingInt(domain -> domain.name().text().length()));
  }

  private Lacking lacking(String name, Optional<SenderDomain> covering) {
    return new Lacking(
        name,
        covering.map(SenderDomain::id),
        covering
            .map(
                domain ->
                    checks.expected(domain).stream()
                        .filter(record -> isUnseen(record, domain))
                        .toList())
            .orElse(List.of()));
  }

  private static boolean isUnseen(ExpectedRecord record, SenderDomain domain) {
    return switch (record.purpose()) {
      case PROOF -> isUnseen(domain.sights().proof(), domain);
      case SIGNING_KEY -> isUnseen(domain.sights().key(), domain);
      case RETURN_PATH -> domain.alias() == Alias.NOT_SEEN;
      case NEXT_SIGNING_KEY, PREVIOUS_SIGNING_KEY, RETURN_PATH_SPF, DMARC -> false;
    };
  }

  /** Of a domain that does not work, nothing is known to be there. */
  private static boolean isUnseen(Sight sight, SenderDomain domain) {
    boolean works =
        !(domain.standing() instanceof Pending) && !(domain.standing() instanceof Lapsed);
    return !works || !(sight instanceof Sight.Seen);
  }
}
