package io.leverans.application.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.leverans.application.port.in.AddDomain;
import io.leverans.application.port.in.CheckDomain;
import io.leverans.application.port.in.RemoveDomain;
import io.leverans.application.port.in.RotateDomainKey;
import io.leverans.application.port.in.TendDomains;
import io.leverans.application.port.out.DomainNames;
import io.leverans.application.port.out.NewMail;
import io.leverans.application.port.out.SigningKeys;
import io.leverans.application.port.out.memory.MemoryDns;
import io.leverans.application.port.out.memory.MemoryDomainNames;
import io.leverans.application.port.out.memory.MemorySenderDomains;
import io.leverans.application.port.provider.AlignedDomain;
import io.leverans.application.view.Caller;
import io.leverans.application.view.EventKind;
import io.leverans.application.view.SenderDomainView;
import io.leverans.domain.senderdomain.Checked.Holder;
import io.leverans.domain.senderdomain.DomainName;
import io.leverans.domain.senderdomain.DomainStanding.Lapsed;
import io.leverans.domain.senderdomain.DomainStanding.Lapsing;
import io.leverans.domain.senderdomain.DomainStanding.Pending;
import io.leverans.domain.senderdomain.DomainStanding.Working;
import io.leverans.domain.senderdomain.ExpectedRecord.Purpose;
import io.leverans.domain.senderdomain.PublishedKey;
import io.leverans.domain.senderdomain.RecordType;
import io.leverans.domain.senderdomain.SenderDomain;
import io.leverans.domain.senderdomain.SenderDomainId;
import io.leverans.domain.senderdomain.Verdict;
import io.leverans.domain.team.Member;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SenderDomainServicesTest {
  private static final DomainNames NAMES = MemoryDomainNames::inALabels;

  private final Deployment deployment = new Deployment();
  private final MemorySenderDomains domains = new MemorySenderDomains();
  private final MemoryDns dns = new MemoryDns();
  private final AtomicInteger made = new AtomicInteger();
  private final SigningKeys keys = this::newKey;
  private final DomainChecks checks =
      new DomainChecks(domains, dns, deployment.providers, domains::now, Runnable::run);
  private final AddDomain adding =
      new AddDomainService(domains, NAMES, keys, deployment.seal, deployment.ids, checks);
  private final RotateDomainKey rotating =
      new RotateDomainKeyService(domains, keys, deployment.seal, checks);
  private final TendDomains tending =
      new TendDomainsService(
          domains,
          checks,
          new TellingOfLapses(
              domains, deployment.teams, deployment.identities, deployment.systemMail()));
  private final AlignedDomains working = new WorkingDomains(domains, NAMES, deployment.seal);

  private SigningKeys.NewKey newKey() {
    int number = made.incrementAndGet();
    return new SigningKeys.NewKey(base64("private " + number), base64("public " + number));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  @Test
  void a_domain_signs_as_soon_as_a_check_sees_its_records_and_not_before() throws IOException {
    SenderDomain added = added(deployment.admin, "acme.example");
    assertThat(check(added).domain().standing()).isInstanceOf(Pending.class);
    assertThat(covering(added, "acme.example")).isEmpty();

    publish(added);
    SenderDomainView checked = check(added);

    assertThat(checked.domain().standing()).isInstanceOf(Working.class);
    assertThat(checked.holder()).isEqualTo(Holder.THIS_TEAM);
    assertThat(verdict(checked, Purpose.PROOF)).isEqualTo(Verdict.OK);
    assertThat(verdict(checked, Purpose.SIGNING_KEY)).isEqualTo(Verdict.OK);
    assertThat(verdict(checked, Purpose.DMARC)).isEqualTo(Verdict.MISSING);
    AlignedDomain aligned = covering(added, "acme.example").orElseThrow();
    assertThat(aligned.name()).isEqualTo("acme.example");
    assertThat(aligned.key().orElseThrow().selector()).isEqualTo("leverans1");
    assertThat(new String(aligned.key().orElseThrow().privateKey().toArray(), UTF_8))
        .isEqualTo("private 1");
    assertThat(aligned.returnPathHost()).isEmpty();
  }

  @Test
  void the_closest_domain_covers_an_address_and_no_other_teams_does() {
    var _ = working(deployment.admin, "acme.example");
    SenderDomain below = working(deployment.admin, "mail.acme.example");

    assertThat(covering(below, "a.mail.acme.example"))
        .map(AlignedDomain::name)
        .contains("mail.acme.example");
    assertThat(covering(below, "sales.acme.example"))
        .map(AlignedDomain::name)
        .contains("acme.example");
    assertThat(covering(below, "xacme.example")).isEmpty();
    assertThat(covering(below, "not a domain")).isEmpty();
    assertThat(working.covering(deployment.stranger.team(), "acme.example")).isEmpty();
  }

  @Test
  void a_dmarc_record_of_the_domain_above_will_do() {
    SenderDomain added = added(deployment.admin, "mail.acme.example");
    var _ = dns.publish("_dmarc.acme.example", RecordType.TXT, "v=DMARC1; p=reject");

    assertThat(verdict(check(added), Purpose.DMARC)).isEqualTo(Verdict.OK);
  }

  @Test
  void looking_changes_nothing() {
    SenderDomain added = added(deployment.admin, "acme.example");
    publish(added);

    SenderDomainView seen =
        new ReadDomainsService(domains, checks).read(deployment.member, added.id()).orElseThrow();

    assertThat(verdict(seen, Purpose.PROOF)).isEqualTo(Verdict.OK);
    assertThat(seen.domain().standing()).isInstanceOf(Pending.class);
    assertThat(domains.find(added.team(), added.id())).contains(added);
    assertThat(domains.holder(added.team(), added.name())).isEqualTo(Holder.NOBODY);
  }

  @Test
  void the_team_that_proved_a_domain_first_has_it_until_it_lapses() {
    SenderDomain first = working(deployment.admin, "acme.example");
    SenderDomain second = added(deployment.stranger, "acme.example");
    publish(second);
    var _ = dns.publish(proofName(second), RecordType.TXT, first.proofToken());

    SenderDomainView refused = check(second);
    assertThat(refused.holder()).isEqualTo(Holder.ANOTHER_TEAM);
    assertThat(refused.domain().standing()).isInstanceOf(Pending.class);

    var _ =
        dns.withdraw(proofName(first), RecordType.TXT)
            .publish(proofName(second), RecordType.TXT, second.proofToken());
    var _ = check(first);
    domains.letPass(Duration.ofHours(1));
    assertThat(check(first).domain().standing()).isInstanceOf(Lapsing.class);
    assertThat(check(second).domain().standing()).isInstanceOf(Pending.class);
    domains.letPass(Duration.ofDays(3));
    assertThat(check(first).domain().standing()).isInstanceOf(Lapsed.class);
    assertThat(check(second).domain().standing()).isInstanceOf(Working.class);
  }

  @Test
  void a_removed_domain_is_free_for_who_proves_it_next() {
    SenderDomain first = working(deployment.admin, "acme.example");
    SenderDomain second = added(deployment.stranger, "acme.example");

    assertThat(
            new RemoveDomainService(domains)
                .remove(new RemoveDomain.Command(deployment.admin, first.id())))
        .isEqualTo(RemoveDomain.Result.REMOVED);

    publish(second);
    assertThat(check(second).domain().standing()).isInstanceOf(Working.class);
  }

  @Test
  void a_next_key_signs_once_it_is_published_and_the_old_one_until_then() throws IOException {
    SenderDomain domain = working(deployment.admin, "acme.example");

    SenderDomainView underWay =
        assertInstanceOf(
                RotateDomainKey.Result.UnderWay.class, rotate(deployment.admin, domain.id()))
            .domain();
    assertThat(verdict(underWay, Purpose.NEXT_SIGNING_KEY)).isEqualTo(Verdict.MISSING);
    var _ = check(domain);
    assertThat(privateKey(domain)).isEqualTo("private 1");
    PublishedKey next = underWay.domain().keys().next().orElseThrow();
    assertThat(
            assertInstanceOf(
                    RotateDomainKey.Result.UnderWay.class, rotate(deployment.admin, domain.id()))
                .domain()
                .domain()
                .keys()
                .next())
        .contains(next);

    publish(domain.name(), next);
    SenderDomainView switched = check(domain);
    assertThat(privateKey(domain)).isEqualTo("private 2");
    assertThat(verdict(switched, Purpose.PREVIOUS_SIGNING_KEY)).isEqualTo(Verdict.OK);
    assertThat(rotate(deployment.admin, domain.id()))
        .isEqualTo(
            new RotateDomainKey.Result.TooEarly(
                switched.domain().keys().previous().orElseThrow().until()));

    domains.letPass(Duration.ofDays(7));
    assertThat(rotate(deployment.admin, domain.id()))
        .isInstanceOf(RotateDomainKey.Result.UnderWay.class);
    assertThat(domains.told(domain.team())).contains(EventKind.DOMAIN_KEY_ROTATED);
  }

  @Test
  void where_the_keys_are_lost_the_platform_signs_and_a_rotation_helps() throws IOException {
    SenderDomain domain = working(deployment.admin, "acme.example");
    deployment.seal.loseKeys();
    assertThat(covering(domain, "acme.example").flatMap(AlignedDomain::key)).isEmpty();

    SenderDomainView underWay =
        assertInstanceOf(
                RotateDomainKey.Result.UnderWay.class, rotate(deployment.admin, domain.id()))
            .domain();
    publish(domain.name(), underWay.domain().keys().next().orElseThrow());
    var _ = check(domain);

    assertThat(privateKey(domain)).isEqualTo("private 2");
  }

  @Test
  void only_an_admin_adds_rotates_and_removes() {
    SenderDomain domain = working(deployment.admin, "acme.example");

    assertThat(adding.add(new AddDomain.Command(deployment.member, "b.example")))
        .isEqualTo(new AddDomain.Result.AdminsOnly());
    assertThat(rotate(deployment.member, domain.id()))
        .isEqualTo(new RotateDomainKey.Result.AdminsOnly());
    assertThat(
            new RemoveDomainService(domains)
                .remove(new RemoveDomain.Command(deployment.member, domain.id())))
        .isEqualTo(RemoveDomain.Result.ADMINS_ONLY);
    assertThat(new ReadDomainsService(domains, checks).list(deployment.member)).hasSize(1);
    assertThat(
            new CheckDomainService(domains, checks)
                .check(new CheckDomain.Command(deployment.member, domain.id())))
        .isInstanceOf(CheckDomain.Result.Done.class);
  }

  @Test
  void what_is_no_domain_or_of_another_team_is_not_there() {
    SenderDomain domain = working(deployment.admin, "acme.example");

    assertThat(adding.add(new AddDomain.Command(deployment.admin, "no domain")))
        .isEqualTo(new AddDomain.Result.NotADomain("no domain"));
    assertThat(rotate(deployment.stranger, domain.id()))
        .isEqualTo(new RotateDomainKey.Result.UnknownDomain());
    assertThat(
            new CheckDomainService(domains, checks)
                .check(
                    new CheckDomain.Command(
                        deployment.admin, new SenderDomainId(new UUID(0, 404)))))
        .isEqualTo(new CheckDomain.Result.UnknownDomain());
  }

  @Test
  void a_lapse_is_noticed_by_itself_and_the_admins_get_one_mail() throws IOException {
    var _ = deployment.verified(deployment.admin, "anna@sales.example");
    var _ = deployment.verified(deployment.member, "bo@sales.example");
    Caller second = deployment.newMember("Eva", Member.Role.ADMIN);
    var _ = deployment.verified(second, "eva@sales.example");
    SenderDomain domain = working(deployment.admin, "acme.example");
    assertThat(tending.tend()).isEqualTo(new TendDomains.Result(0, 0));

    var _ = dns.withdraw(domain.keys().active().recordName(domain.name()), RecordType.TXT);
    domains.letPass(Duration.ofDays(1));
    assertThat(tending.tend()).isEqualTo(new TendDomains.Result(1, 0));
    domains.letPass(Duration.ofMinutes(61));
    assertThat(tending.tend()).isEqualTo(new TendDomains.Result(1, 1));
    domains.letPass(Duration.ofHours(1));
    assertThat(tending.tend()).isEqualTo(new TendDomains.Result(1, 0));

    assertThat(domains.find(domain.team(), domain.id()).orElseThrow().standing())
        .isInstanceOf(Lapsing.class);
    assertThat(deployment.messages.accepted()).hasSize(1);
    NewMail mail = deployment.messages.accepted().getFirst();
    assertThat(mail.message().recipients())
        .extracting(recipient -> recipient.mailbox().address().toString())
        .containsExactly("anna@sales.example", "eva@sales.example");
    assertThat(mail.message().content().subject()).contains("acme.example");
    assertThat(mail.message().content().text().orElseThrow())
        .contains("leverans1._domainkey.acme.example")
        .contains(domain.proofToken())
        .contains("/v1/domains/" + domain.id().value())
        .contains("Until it is back, mail is signed in the platform's name");
  }

  @Test
  void without_its_key_nothing_is_signed_in_a_domains_name_but_its_return_path_stays() {
    SenderDomain domain = working(deployment.admin, "acme.example");
    var _ = dns.withdraw(domain.keys().active().recordName(domain.name()), RecordType.TXT);
    var _ = check(domain);
    assertThat(covering(domain, "acme.example").flatMap(AlignedDomain::key)).isPresent();

    domains.letPass(Duration.ofHours(1));
    var _ = check(domain);

    AlignedDomain aligned = covering(domain, "acme.example").orElseThrow();
    assertThat(aligned.key()).isEmpty();
    assertThat(aligned.fallsBackAt()).contains(domains.now().plus(Duration.ofDays(3)));
    assertThat(domains.holder(domain.team(), domain.name())).isEqualTo(Holder.THIS_TEAM);
  }

  @Test
  void a_key_is_made_only_for_a_domain_that_there_is_room_for() {
    for (int number = 0; number < SenderDomain.MOST_OF_A_TEAM; number++) {
      var _ = added(deployment.admin, "d" + number + ".example");
    }
    int before = made.get();

    assertThat(adding.add(new AddDomain.Command(deployment.admin, "more.example")))
        .isEqualTo(new AddDomain.Result.TooMany(SenderDomain.MOST_OF_A_TEAM));
    assertThat(adding.add(new AddDomain.Command(deployment.admin, "d7.example")))
        .isInstanceOf(AddDomain.Result.AlreadyThere.class);
    assertThat(made).hasValue(before);
  }

  @Test
  void a_fault_with_one_domain_keeps_no_other_from_being_told_of() {
    var _ = deployment.verified(deployment.admin, "anna@sales.example");
    SenderDomain faulty = working(deployment.admin, "faulty.example");
    SenderDomain lapsing = working(deployment.admin, "lapsing.example");
    var _ = dns.withdraw(proofName(lapsing), RecordType.TXT);
    var _ = check(lapsing);
    domains.letPass(Duration.ofDays(1));
    TendDomains withFault =
        new TendDomainsService(
            domains,
            new DomainChecks(
                domains,
                (name, type) -> {
                  if (name.equals(proofName(faulty))) {
                    throw new IllegalStateException("broken");
                  }
                  return dns.lookUp(name, type);
                },
                deployment.providers,
                domains::now,
                Runnable::run),
            new TellingOfLapses(
                domains, deployment.teams, deployment.identities, deployment.systemMail()));

    assertThatThrownBy(withFault::tend).hasRootCauseMessage("broken");

    assertThat(deployment.messages.accepted())
        .singleElement()
        .extracting(mail -> mail.message().content().subject())
        .asString()
        .contains("lapsing.example");
  }

  @Test
  void a_dns_that_is_silent_makes_nothing_lapse() {
    SenderDomain domain = working(deployment.admin, "acme.example");
    dns.fallSilent();

    for (int day = 0; day < 10; day++) {
      domains.letPass(Duration.ofDays(1));
      assertThat(tending.tend()).isEqualTo(new TendDomains.Result(1, 0));
    }

    assertThat(covering(domain, "acme.example")).isPresent();
    assertThat(domains.holder(domain.team(), domain.name())).isEqualTo(Holder.THIS_TEAM);
  }

  private SenderDomain added(Caller caller, String name) {
    return assertInstanceOf(
            AddDomain.Result.Added.class, adding.add(new AddDomain.Command(caller, name)))
        .domain()
        .domain();
  }

  private SenderDomain working(Caller caller, String name) {
    SenderDomain added = added(caller, name);
    publish(added);
    assertThat(check(added).domain().standing()).isInstanceOf(Working.class);
    return added;
  }

  private void publish(SenderDomain domain) {
    var _ =
        dns.withdraw(proofName(domain), RecordType.TXT)
            .publish(proofName(domain), RecordType.TXT, domain.proofToken());
    publish(domain.name(), domain.keys().active());
  }

  private void publish(DomainName name, PublishedKey key) {
    var _ =
        dns.withdraw(key.recordName(name), RecordType.TXT)
            .publish(key.recordName(name), RecordType.TXT, key.recordValue());
  }

  private static String proofName(SenderDomain domain) {
    return domain.name().below("_leverans");
  }

  /** As it is by now. */
  private SenderDomainView check(SenderDomain domain) {
    return checks.check(domains.find(domain.team(), domain.id()).orElseThrow()).orElseThrow();
  }

  private RotateDomainKey.Result rotate(Caller caller, SenderDomainId domain) {
    return rotating.rotate(new RotateDomainKey.Command(caller, domain));
  }

  private Optional<AlignedDomain> covering(SenderDomain domain, String addressAt) {
    return working.covering(domain.team(), addressAt);
  }

  private String privateKey(SenderDomain domain) throws IOException {
    return new String(
        covering(domain, domain.name().text())
            .flatMap(AlignedDomain::key)
            .orElseThrow()
            .privateKey()
            .toArray(),
        UTF_8);
  }

  private static Verdict verdict(SenderDomainView view, Purpose purpose) {
    return view.records().stream()
        .filter(record -> record.expected().purpose() == purpose)
        .findFirst()
        .orElseThrow()
        .verdict();
  }
}
