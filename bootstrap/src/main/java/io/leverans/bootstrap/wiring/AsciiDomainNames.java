package io.leverans.bootstrap.wiring;

import io.leverans.application.port.out.DomainNames;
import io.leverans.domain.senderdomain.DomainName;
import io.leverans.mail.mime.InternationalDomain;
import java.util.Optional;

/** Names in A-labels, by the rule that mail is written by. */
final class AsciiDomainNames implements DomainNames {
  @Override
  public Optional<DomainName> inALabels(String domain) {
    return InternationalDomain.inALabels(domain).flatMap(AsciiDomainNames::checked);
  }

  private static Optional<DomainName> checked(String name) {
    try {
      return Optional.of(new DomainName(name));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
