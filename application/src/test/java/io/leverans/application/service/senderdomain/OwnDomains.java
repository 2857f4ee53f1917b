package io.leverans.application.service.senderdomain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.leverans.application.port.in.AddDomain;
import io.leverans.application.port.in.RotateDomainKey;
import io.leverans.application.port.in.TendDomains;
import io.leverans.application.port.out.Dns;
import io.leverans.application.port.out.DomainNames;
import io.leverans.application.port.out.SigningKeys;
import io.leverans.application.port.out.memory.MemoryDns;
import io.leverans.application.port.out.memory.MemoryDomainNames;
import io.leverans.application.port.out.memory.MemorySenderDomains;
import io.leverans.application.port.provider.AlignedDomain;
import io.leverans.application.service.Deployment;
import io.leverans.application.service.author.AlignedDomains;
import io.leverans.application.view.Caller;
import io.leverans.application.view.SenderDomainView;
import io.leverans.domain.senderdomain.DomainName;
import io.leverans.domain.senderdomain.DomainStanding.Working;
import io.leverans.domain.senderdomain.ExpectedRecord.Purpose;
import io.leverans.domain.senderdomain.PublishedKey;
import io.leverans.domain.senderdomain.RecordType;
import io.leverans.domain.senderdomain.SenderDomain;
import io.leverans.domain.senderdomain.SenderDomainId;
import io.leverans.domain.senderdomain.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A deployment whose teams set up sender domains, in a DNS of the test's own. */
public final class OwnDomains {
  static final Duration PATIENCE = Duration.ofSeconds(20);
  public static final DomainNames NAMES = MemoryDomainNames::inALabels;

  public final Deployment deployment = new Deployment();
  public final MemorySenderDomains domains = new MemorySenderDomains();
  public final MemoryDns dns = new MemoryDns();
  final AtomicInteger made = new AtomicInteger();
  final SigningKeys keys = this::newKey;
  public final DomainChecks checks = checksAsking(dns);
  final AddDomain adding =
      new AddDomainService(domains, NAMES, keys, deployment.seal, deployment.ids, checks);
  final RotateDomainKey rotating =
      new RotateDomainKeyService(domains, keys, deployment.seal, checks);
  final TendDomains tending = tending(checks);
  final AlignedDomains aligned = new WorkingDomains(domains, NAMES, deployment.seal);

  private SigningKeys.NewKey newKey() {
    int number = made.incrementAndGet();
    return new SigningKeys.NewKey(base64("private " + number), base64("public " + number));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  DomainChecks checksAsking(Dns other) {
    return new DomainChecks(
        domains, other, deployment.providers, domains::now, Runnable::run, PATIENCE);
  }

  TendDomains tending(DomainChecks checking) {
    return new TendDomainsService(
        domains,
        checking,
        new TellingOfLapses(
            domains, deployment.teams, deployment.identities, deployment.systemMail()));
  }

  public SenderDomain added(Caller caller, String name) {
    return assertInstanceOf(
            AddDomain.Result.Added.class, adding.add(new AddDomain.Command(caller, name)))
        .domain()
        .domain();
  }

  public SenderDomain working(Caller caller, String name) {
    SenderDomain added = added(caller, name);
    publish(added);
    assertThat(check(added).domain().standing()).isInstanceOf(Working.class);
    return added;
  }

  void publish(SenderDomain domain) {
    var _ =
        dns.withdraw(proofName(domain), RecordType.TXT)
            .publish(proofName(domain), RecordType.TXT, domain.proofToken());
    publish(domain.name(), domain.keys().active());
  }

  void publish(DomainName name, PublishedKey key) {
    var _ =
        dns.withdraw(key.recordName(name), RecordType.TXT)
            .publish(key.recordName(name), RecordType.TXT, key.recordValue());
  }

  public static String proofName(SenderDomain domain) {
    return domain.name().below("_leverans");
  }

  /** As it is by now. */
  public SenderDomainView check(SenderDomain domain) {
    return checks.check(domains.find(domain.team(), domain.id()).orElseThrow()).orElseThrow();
  }

  RotateDomainKey.Result rotate(Caller caller, SenderDomainId domain) {
    return rotating.rotate(new RotateDomainKey.Command(caller, domain));
  }

  Optional<AlignedDomain> covering(SenderDomain domain, String addressAt) {
    return aligned.covering(domain.team(), addressAt);
  }

  String privateKey(SenderDomain domain) throws IOException {
    return new String(
        covering(domain, domain.name().text())
            .flatMap(AlignedDomain::key)
            .orElseThrow()
            .privateKey()
            .toArray(),
        UTF_8);
  }

  static Verdict verdict(SenderDomainView view, Purpose purpose) {
    return view.records().stream()
        .filter(record -> record.expected().purpose() == purpose)
        .findFirst()
        .orElseThrow()
        .verdict();
  }
}
