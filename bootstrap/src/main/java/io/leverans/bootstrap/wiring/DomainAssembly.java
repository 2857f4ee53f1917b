package io.leverans.bootstrap.wiring;

import io.leverans.application.port.in.TendDomains;
import io.leverans.application.port.out.Dns;
import io.leverans.application.port.out.DomainNames;
import io.leverans.application.port.out.SecretSeal;
import io.leverans.application.port.out.SigningKeys;
import io.leverans.application.port.provider.Providers;
import io.leverans.application.service.author.AlignedDomains;
import io.leverans.application.service.senderdomain.AddDomainService;
import io.leverans.application.service.senderdomain.CheckDomainService;
import io.leverans.application.service.senderdomain.DomainChecks;
import io.leverans.application.service.senderdomain.ReadDomainsService;
import io.leverans.application.service.senderdomain.RecordsToPublish;
import io.leverans.application.service.senderdomain.RemoveDomainService;
import io.leverans.application.service.senderdomain.RotateDomainKeyService;
import io.leverans.application.service.senderdomain.TellingOfLapses;
import io.leverans.application.service.senderdomain.TendDomainsService;
import io.leverans.application.service.senderdomain.WorkingDomains;
import io.leverans.application.service.systemmail.SystemMail;
import io.leverans.secrets.RsaSigningKeys;
import io.leverans.web.UseCases;
import java.time.Duration;
import java.time.InstantSource;

/** Puts together what looks after sender domains. */
final class DomainAssembly {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Stores stores;
  private final SecretSeal seal;
  private final DomainChecks checks;
  private final DomainNames names = new AsciiDomainNames();
  private final SigningKeys keys = new RsaSigningKeys();

  DomainAssembly(
      Stores stores, SecretSeal seal, Providers providers, Dns dns, InstantSource clock) {
    this.stores = stores;
    this.seal = seal;
    this.checks =
        new DomainChecks(
            stores.senderDomains(),
            dns,
            providers,
            clock,
            question -> Thread.ofVirtual().name("dns").start(question),
            PATIENCE);
  }

  DomainNames names() {
    return names;
  }

  AlignedDomains workingDomains() {
    return new WorkingDomains(stores.senderDomains(), names, seal);
  }

  RecordsToPublish recordsToPublish() {
    return new RecordsToPublish(stores.senderDomains(), names, checks);
  }

  UseCases.Domains useCases() {
    return new UseCases.Domains(
        new AddDomainService(stores.senderDomains(), names, keys, seal, stores.ids(), checks),
        new ReadDomainsService(stores.senderDomains(), checks),
        new CheckDomainService(stores.senderDomains(), checks),
        new RotateDomainKeyService(stores.senderDomains(), keys, seal, checks),
        new RemoveDomainService(stores.senderDomains()));
  }

  TendDomains tendDomains(SystemMail systemMail) {
    return new TendDomainsService(
        stores.senderDomains(),
        checks,
        new TellingOfLapses(
            stores.senderDomains(), stores.teams(), stores.identities(), systemMail));
  }
}
