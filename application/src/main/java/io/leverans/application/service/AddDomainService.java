package io.leverans.application.service;

import io.leverans.application.port.in.AddDomain;
import io.leverans.application.port.out.DomainNames;
import io.leverans.application.port.out.Ids;
import io.leverans.application.port.out.SecretSeal;
import io.leverans.application.port.out.SenderDomains;
import io.leverans.application.port.out.SenderDomains.Addition;
import io.leverans.application.port.out.SigningKeys;
import io.leverans.domain.senderdomain.DkimKeys;
import io.leverans.domain.senderdomain.DomainName;
import io.leverans.domain.senderdomain.SenderDomain;
import io.leverans.domain.senderdomain.SenderDomainId;
import io.leverans.domain.team.TeamId;
import java.util.Map;

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
        .map(name -> added(domains.add(made(command.caller().team(), name))))
        .orElseGet(() -> new Result.NotADomain(command.name()));
  }

  private Result added(Addition addition) {
    return switch (addition) {
      case Addition.Added(var domain) -> new Result.Added(checks.look(domain));
      case Addition.AlreadyThere(var domain) -> new Result.AlreadyThere(domain);
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
