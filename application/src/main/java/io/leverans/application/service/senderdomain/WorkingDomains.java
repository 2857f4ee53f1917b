package io.leverans.application.service.senderdomain;

import io.leverans.application.port.out.DomainNames;
import io.leverans.application.port.out.SecretSeal;
import io.leverans.application.port.out.SenderDomains;
import io.leverans.application.port.out.UnreadableSecretsException;
import io.leverans.application.port.provider.AlignedDomain;
import io.leverans.application.port.provider.AlignedDomain.SigningKey;
import io.leverans.application.service.author.AlignedDomains;
import io.leverans.domain.message.Octets;
import io.leverans.domain.senderdomain.DomainName;
import io.leverans.domain.senderdomain.DomainStanding.Lapsing;
import io.leverans.domain.senderdomain.SenderDomain;
import io.leverans.domain.team.TeamId;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds the domain that mail is signed for, and opens its key. */
public final class WorkingDomains implements AlignedDomains {
  private final SenderDomains domains;
  private final DomainNames names;
  private final SecretSeal seal;

  public WorkingDomains(SenderDomains domains, DomainNames names, SecretSeal seal) {
    this.domains = domains;
    this.names = names;
    this.seal = seal;
  }

  @Override
  public Optional<AlignedDomain> covering(TeamId team, String domainOfAddress) {
    List<DomainName> enclosing =
        names.inALabels(domainOfAddress).map(DomainName::enclosing).orElse(List.of());
    return domains.inUse(team, enclosing).stream()
        .max(Comparator.comparingInt(domain -> domain.name().text().length()))
        .map(this::aligned);
  }

  private AlignedDomain aligned(SenderDomain domain) {
    return new AlignedDomain(
        domain.name().text(),
        switch (domain.signer()) {
          case DOMAIN -> key(domain);
          case PLATFORM -> Optional.empty();
        },
        returnPathHost(domain),
        domain.standing() instanceof Lapsing lapsing
            ? Optional.of(lapsing.fallsBackAt())
            : Optional.empty());
  }

  /** One whose key is lost does not stop mail: the platform's domain signs. */
  private Optional<SigningKey> key(SenderDomain domain) {
    String selector = domain.keys().active().selector();
    try {
      return Optional.ofNullable(seal.open(domain.id(), domain.secrets()).get(selector))
          .map(key -> new SigningKey(selector, Octets.of(Base64.getDecoder().decode(key))));
    } catch (UnreadableSecretsException _) {
      return Optional.empty();
    }
  }

  private static Optional<String> returnPathHost(SenderDomain domain) {
    return switch (domain.alias()) {
      case SEEN -> Optional.of(domain.returnPathHost());
      case NOT_SEEN -> Optional.empty();
    };
  }
}
