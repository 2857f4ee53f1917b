package io.leverans.application.service.senderdomain;

import io.leverans.application.port.in.AcceptMessage.Idempotency;
import io.leverans.application.port.out.Identities;
import io.leverans.application.port.out.SenderDomains;
import io.leverans.application.port.out.Teams;
import io.leverans.application.service.systemmail.ChannelOwners;
import io.leverans.application.service.systemmail.SystemMail;
import io.leverans.domain.channel.ChannelOwner;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.senderdomain.DomainStanding.Lapsing;
import io.leverans.domain.senderdomain.SenderDomain;
import java.util.List;

/**
 * Writes to the admins of teams whose domain's records are gone: once for each lapse, even if a
 * node dies between the mail and the note of it.
 */
public final class TellingOfLapses {
  private static final int AT_ONCE = 100;

  private final SenderDomains domains;
  private final SystemMail systemMail;
  private final ChannelOwners owners;

  public TellingOfLapses(
      SenderDomains domains, Teams teams, Identities identities, SystemMail systemMail) {
    this.domains = domains;
    this.systemMail = systemMail;
    this.owners = new ChannelOwners(teams, identities);
  }

  /** How many teams were written to. */
  int tell() {
    return domains.withUntoldLapse(AT_ONCE).stream().mapToInt(this::tell).sum();
  }

  /** Admins without a proved address have the event to go by. */
  int tell(SenderDomain domain) {
    List<EmailAddress> addresses = owners.addresses(new ChannelOwner.OfTeam(domain.team()));
    int written =
        domain.standing() instanceof Lapsing lapsing && !addresses.isEmpty()
            ? write(domain, lapsing, addresses)
            : 0;
    domains.lapseTold(domain.team(), domain.id());
    return written;
  }

  private int write(SenderDomain domain, Lapsing lapsing, List<EmailAddress> addresses) {
    systemMail.sendOnce(
        domain.team(),
        addresses,
        new LapseMail(domain, lapsing).content(),
        new Idempotency(
            "domain-lapse/%s/%s".formatted(domain.id().value(), lapsing.since()),
            "tell the team's admins"));
    return 1;
  }
}
