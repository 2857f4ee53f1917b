package io.leverans.application.service.senderdomain;

import io.leverans.application.port.in.AddDomain;
import io.leverans.application.port.out.DomainNames;
import io.leverans.application.port.out.Ids;
import io.leverans.application.port.out.SecretSeal;
import io.leverans.application.port.out.SenderDomains;
import io.leverans.application.port.out.SenderDomains.Addition;
import io.leverans.application.port.out.SigningKeys;
import io.leverans.application.service.rights.ChannelRights;
import io.leverans.domain.senderdomain.DkimKeys;
import io.leverans.domain.senderdomain.DomainName;
import io.leverans.domain.senderdomain.SenderDomain;
import io.leverans.domain.senderdomain.SenderDomainId;
import io.leverans.domain.team.TeamId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes a domain's first key and the text that proves whose it is. */
public final class AddDomainService implements AddDomain {
  private final SenderDomains domains;
  private final DomainNames names;
  private final SigningKeys keys;
  private final SecretSeal seal;
  private final Ids ids;
  private final DomainChecks checks;

  public AddDomainService(
      SenderDomains domains,
      DomainNames names,
      SigningKeys keys,
      SecretSeal seal,
      Ids ids,
      DomainChecks checks) {
    this.domains = domains;
    this.names = names;
    this.keys = keys;
    this.seal = seal;
    this.ids = ids;
    this.checks = checks;
  }

  @Override
  public Result add(Command command) {
    if (!ChannelRights.isAdmin(command.caller())) {
      return new Result.AdminsOnly();
    }
    return names
        .inALabels(command.name().strip())
        .map(name -> add(command.caller().team(), name))
        .orElseGet(() -> new Result.NotADomain(command.name()));
  }

  /** A key is made only for a domain that there seems to be room for. */
  private Result add(TeamId team, DomainName name) {
    List<SenderDomain> present = domains.ofTeam(team);
    Optional<SenderDomain> same =
        present.stream().filter(domain -> domain.name().equals(name)).findFirst();
    if (same.isPresent()) {
      return new Result.AlreadyThere(same.get());
    }
    return present.size() >= SenderDomain.MOST_OF_A_TEAM
        ? new Result.TooMany(SenderDomain.MOST_OF_A_TEAM)
        : added(domains.add(made(team, name)));
  }

  private Result added(Addition addition) {
    return switch (addition) {
      case Addition.Added(var domain) -> new Result.Added(checks.look(domain));
      case Addition.AlreadyThere(var domain) -> new Result.AlreadyThere(domain);
      case Addition.TooMany() -> new Result.TooMany(SenderDomain.MOST_OF_A_TEAM);
    };
  }

  private SenderDomain made(TeamId team, DomainName name) {
    var id = new SenderDomainId(ids.next());
    SigningKeys.NewKey key = keys.generate();
    return SenderDomain.added(
        team,
        id,
        name,
        "leverans-proof=" + ids.secret(),
        DkimKeys.first(key.publicKey()),
        seal.seal(id, Map.of(DkimKeys.FIRST_SELECTOR, key.privateKey())));
  }
}
