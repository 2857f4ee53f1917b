package io.leverans.application.service.senderdomain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.leverans.application.port.in.AddDomain;
import io.leverans.application.port.in.CheckDomain;
import io.leverans.application.port.in.RemoveDomain;
import io.leverans.application.port.in.RotateDomainKey;
import io.leverans.application.port.provider.AlignedDomain;
import io.leverans.application.view.EventKind;
import io.leverans.application.view.SenderDomainView;
import io.leverans.domain.senderdomain.Checked.Holder;
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
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SenderDomainServicesTest {
  private final OwnDomains own = new OwnDomains();

  @Test
  void a_domain_signs_as_soon_as_a_check_sees_its_records_and_not_before() throws IOException {
    SenderDomain added = own.added(own.deployment.admin, "acme.example");
    assertThat(own.check(added).domain().standing()).isInstanceOf(Pending.class);
    assertThat(own.covering(added, "acme.example")).isEmpty();

    own.publish(added);
    SenderDomainView checked = own.check(added);

    assertThat(checked.domain().standing()).isInstanceOf(Working.class);
    assertThat(checked.holder()).isEqualTo(Holder.THIS_TEAM);
    assertThat(OwnDomains.verdict(checked, Purpose.PROOF)).isEqualTo(Verdict.OK);
    assertThat(OwnDomains.verdict(checked, Purpose.SIGNING_KEY)).isEqualTo(Verdict.OK);
    assertThat(OwnDomains.verdict(checked, Purpose.DMARC)).isEqualTo(Verdict.MISSING);
    AlignedDomain aligned = own.covering(added, "acme.example").orElseThrow();
    assertThat(aligned.name()).isEqualTo("acme.example");
    assertThat(aligned.key().orElseThrow().selector()).isEqualTo("leverans1");
    assertThat(new String(aligned.key().orElseThrow().privateKey().toArray(), UTF_8))
        .isEqualTo("private 1");
    assertThat(aligned.returnPathHost()).isEmpty();
  }

  @Test
  void the_closest_domain_covers_an_address_and_no_other_teams_does() {
    var _ = own.working(own.deployment.admin, "acme.example");
    SenderDomain below = own.working(own.deployment.admin, "mail.acme.example");

    assertThat(own.covering(below, "a.mail.acme.example"))
        .map(AlignedDomain::name)
        .contains("mail.acme.example");
    assertThat(own.covering(below, "sales.acme.example"))
        .map(AlignedDomain::name)
        .contains("acme.example");
    assertThat(own.covering(below, "xacme.example")).isEmpty();
    assertThat(own.covering(below, "not a domain")).isEmpty();
    assertThat(own.aligned.covering(own.deployment.stranger.team(), "acme.example")).isEmpty();
  }

  @Test
  void a_dmarc_record_of_the_domain_above_will_do() {
    SenderDomain added = own.added(own.deployment.admin, "mail.acme.example");
    var _ = own.dns.publish("_dmarc.acme.example", RecordType.TXT, "v=DMARC1; p=reject");

    assertThat(OwnDomains.verdict(own.check(added), Purpose.DMARC)).isEqualTo(Verdict.OK);
  }

  @Test
  void looking_changes_nothing() {
    SenderDomain added = own.added(own.deployment.admin, "acme.example");
    own.publish(added);

    SenderDomainView seen =
        new ReadDomainsService(own.domains, own.checks)
            .read(own.deployment.member, added.id())
            .orElseThrow();

    assertThat(OwnDomains.verdict(seen, Purpose.PROOF)).isEqualTo(Verdict.OK);
    assertThat(seen.domain().standing()).isInstanceOf(Pending.class);
    assertThat(own.domains.find(added.team(), added.id())).contains(added);
    assertThat(own.domains.holder(added.team(), added.name())).isEqualTo(Holder.NOBODY);
  }

  @Test
  void the_team_that_proved_a_domain_first_has_it_until_it_lapses() {
    SenderDomain first = own.working(own.deployment.admin, "acme.example");
    SenderDomain second = own.added(own.deployment.stranger, "acme.example");
    own.publish(second);
    var _ = own.dns.publish(OwnDomains.proofName(second), RecordType.TXT, first.proofToken());

    SenderDomainView refused = own.check(second);
    assertThat(refused.holder()).isEqualTo(Holder.ANOTHER_TEAM);
    assertThat(refused.domain().standing()).isInstanceOf(Pending.class);

    var _ =
        own.dns
            .withdraw(OwnDomains.proofName(first), RecordType.TXT)
            .publish(OwnDomains.proofName(second), RecordType.TXT, second.proofToken());
    var _ = own.check(first);
    own.domains.letPass(Duration.ofHours(1));
    assertThat(own.check(first).domain().standing()).isInstanceOf(Lapsing.class);
    assertThat(own.check(second).domain().standing()).isInstanceOf(Pending.class);
    own.domains.letPass(Duration.ofDays(3));
    assertThat(own.check(first).domain().standing()).isInstanceOf(Lapsed.class);
    assertThat(own.check(second).domain().standing()).isInstanceOf(Working.class);
  }

  @Test
  void a_removed_domain_is_free_for_who_proves_it_next() {
    SenderDomain first = own.working(own.deployment.admin, "acme.example");
    SenderDomain second = own.added(own.deployment.stranger, "acme.example");

    assertThat(
            new RemoveDomainService(own.domains)
                .remove(new RemoveDomain.Command(own.deployment.admin, first.id())))
        .isEqualTo(RemoveDomain.Result.REMOVED);

    own.publish(second);
    assertThat(own.check(second).domain().standing()).isInstanceOf(Working.class);
  }

  @Test
  void a_next_key_signs_once_it_is_published_and_the_old_one_until_then() throws IOException {
    SenderDomain domain = own.working(own.deployment.admin, "acme.example");

    SenderDomainView underWay =
        assertInstanceOf(
                RotateDomainKey.Result.UnderWay.class,
                own.rotate(own.deployment.admin, domain.id()))
            .domain();
    assertThat(OwnDomains.verdict(underWay, Purpose.NEXT_SIGNING_KEY)).isEqualTo(Verdict.MISSING);
    var _ = own.check(domain);
    assertThat(own.privateKey(domain)).isEqualTo("private 1");
    PublishedKey next = underWay.domain().keys().next().orElseThrow();
    assertThat(
            assertInstanceOf(
                    RotateDomainKey.Result.UnderWay.class,
                    own.rotate(own.deployment.admin, domain.id()))
                .domain()
                .domain()
                .keys()
                .next())
        .contains(next);

    own.publish(domain.name(), next);
    SenderDomainView switched = own.check(domain);
    assertThat(own.privateKey(domain)).isEqualTo("private 2");
    assertThat(OwnDomains.verdict(switched, Purpose.PREVIOUS_SIGNING_KEY)).isEqualTo(Verdict.OK);
    assertThat(own.rotate(own.deployment.admin, domain.id()))
        .isEqualTo(
            new RotateDomainKey.Result.TooEarly(
                switched.domain().keys().previous().orElseThrow().until()));

    own.domains.letPass(Duration.ofDays(7));
    assertThat(own.rotate(own.deployment.admin, domain.id()))
        .isInstanceOf(RotateDomainKey.Result.UnderWay.class);
    assertThat(own.domains.told(domain.team())).contains(EventKind.DOMAIN_KEY_ROTATED);
  }

  @Test
  void where_the_keys_are_lost_the_platform_signs_and_a_rotation_helps() throws IOException {
    SenderDomain domain = own.working(own.deployment.admin, "acme.example");
    own.deployment.seal.loseKeys();
    assertThat(own.covering(domain, "acme.example").flatMap(AlignedDomain::key)).isEmpty();

    SenderDomainView underWay =
        assertInstanceOf(
                RotateDomainKey.Result.UnderWay.class,
                own.rotate(own.deployment.admin, domain.id()))
            .domain();
    own.publish(domain.name(), underWay.domain().keys().next().orElseThrow());
    var _ = own.check(domain);

    assertThat(own.privateKey(domain)).isEqualTo("private 2");
  }

  @Test
  void only_an_admin_adds_rotates_and_removes() {
    SenderDomain domain = own.working(own.deployment.admin, "acme.example");

    assertThat(own.adding.add(new AddDomain.Command(own.deployment.member, "b.example")))
        .isEqualTo(new AddDomain.Result.AdminsOnly());
    assertThat(own.rotate(own.deployment.member, domain.id()))
        .isEqualTo(new RotateDomainKey.Result.AdminsOnly());
    assertThat(
            new RemoveDomainService(own.domains)
                .remove(new RemoveDomain.Command(own.deployment.member, domain.id())))
        .isEqualTo(RemoveDomain.Result.ADMINS_ONLY);
    assertThat(new ReadDomainsService(own.domains, own.checks).list(own.deployment.member))
        .hasSize(1);
    assertThat(
            new CheckDomainService(own.domains, own.checks)
                .check(new CheckDomain.Command(own.deployment.member, domain.id())))
        .isInstanceOf(CheckDomain.Result.Done.class);
  }

  @Test
  void what_is_no_domain_or_of_another_team_is_not_there() {
    SenderDomain domain = own.working(own.deployment.admin, "acme.example");

    assertThat(own.adding.add(new AddDomain.Command(own.deployment.admin, "no domain")))
        .isEqualTo(new AddDomain.Result.NotADomain("no domain"));
    assertThat(own.rotate(own.deployment.stranger, domain.id()))
        .isEqualTo(new RotateDomainKey.Result.UnknownDomain());
    assertThat(
            new CheckDomainService(own.domains, own.checks)
                .check(
                    new CheckDomain.Command(
                        own.deployment.admin, new SenderDomainId(new UUID(0, 404)))))
        .isEqualTo(new CheckDomain.Result.UnknownDomain());
  }

  @Test
  void without_its_key_nothing_is_signed_in_a_domains_name_but_its_return_path_stays() {
    SenderDomain domain = own.working(own.deployment.admin, "acme.example");
    var _ = own.dns.withdraw(domain.keys().active().recordName(domain.name()), RecordType.TXT);
    var _ = own.check(domain);
    assertThat(own.covering(domain, "acme.example").flatMap(AlignedDomain::key)).isPresent();

    own.domains.letPass(Duration.ofHours(1));
    var _ = own.check(domain);

    AlignedDomain aligned = own.covering(domain, "acme.example").orElseThrow();
    assertThat(aligned.key()).isEmpty();
    assertThat(aligned.fallsBackAt()).contains(own.domains.now().plus(Duration.ofDays(3)));
    assertThat(own.domains.holder(domain.team(), domain.name())).isEqualTo(Holder.THIS_TEAM);
  }

  @Test
  void a_key_is_made_only_for_a_domain_that_there_is_room_for() {
    for (int number = 0; number < SenderDomain.MOST_OF_A_TEAM; number++) {
      var _ = own.added(own.deployment.admin, "d" + number + ".example");
    }
    int before = own.made.get();

    assertThat(own.adding.add(new AddDomain.Command(own.deployment.admin, "more.example")))
        .isEqualTo(new AddDomain.Result.TooMany(SenderDomain.MOST_OF_A_TEAM));
    assertThat(own.adding.add(new AddDomain.Command(own.deployment.admin, "d7.example")))
        .isInstanceOf(AddDomain.Result.AlreadyThere.class);
    assertThat(own.made).hasValue(before);
  }
}
