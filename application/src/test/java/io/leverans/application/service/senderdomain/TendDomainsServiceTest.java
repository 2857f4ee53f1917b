package io.leverans.application.service.senderdomain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leverans.application.port.in.TendDomains;
import io.leverans.application.port.out.NewMail;
import io.leverans.application.view.Caller;
import io.leverans.application.view.SenderDomainView;
import io.leverans.domain.senderdomain.Checked.Holder;
import io.leverans.domain.senderdomain.DnsAnswer;
import io.leverans.domain.senderdomain.DomainStanding.Lapsing;
import io.leverans.domain.senderdomain.DomainStanding.Working;
import io.leverans.domain.senderdomain.RecordType;
import io.leverans.domain.senderdomain.SenderDomain;
import io.leverans.domain.team.Member;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TendDomainsServiceTest {
  private final OwnDomains own = new OwnDomains();

  @Test
  void a_lapse_is_noticed_by_itself_and_the_admins_get_one_mail() throws IOException {
    var _ = own.deployment.verified(own.deployment.admin, "anna@sales.example");
    var _ = own.deployment.verified(own.deployment.member, "bo@sales.example");
    Caller second = own.deployment.newMember("Eva", Member.Role.ADMIN);
    var _ = own.deployment.verified(second, "eva@sales.example");
    SenderDomain domain = own.working(own.deployment.admin, "acme.example");
    assertThat(own.tending.tend()).isEqualTo(new TendDomains.Result(0, 0));

    var _ = own.dns.withdraw(domain.keys().active().recordName(domain.name()), RecordType.TXT);
    own.domains.letPass(Duration.ofDays(1));
    assertThat(own.tending.tend()).isEqualTo(new TendDomains.Result(1, 0));
    own.domains.letPass(Duration.ofMinutes(61));
    assertThat(own.tending.tend()).isEqualTo(new TendDomains.Result(1, 1));
    own.domains.letPass(Duration.ofHours(1));
    assertThat(own.tending.tend()).isEqualTo(new TendDomains.Result(1, 0));

    assertThat(own.domains.find(domain.team(), domain.id()).orElseThrow().standing())
        .isInstanceOf(Lapsing.class);
    assertThat(own.deployment.messages.accepted()).hasSize(1);
    NewMail mail = own.deployment.messages.accepted().getFirst();
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
  void a_fault_with_one_domain_keeps_no_other_from_being_told_of() {
    var _ = own.deployment.verified(own.deployment.admin, "anna@sales.example");
    SenderDomain faulty = own.working(own.deployment.admin, "faulty.example");
    SenderDomain lapsing = own.working(own.deployment.admin, "lapsing.example");
    var _ = own.dns.withdraw(OwnDomains.proofName(lapsing), RecordType.TXT);
    var _ = own.check(lapsing);
    own.domains.letPass(Duration.ofDays(1));
    TendDomains withFault =
        own.tending(
            own.checksAsking(
                (name, type) -> {
                  if (name.equals(OwnDomains.proofName(faulty))) {
                    throw new IllegalStateException("broken");
                  }
                  return own.dns.lookUp(name, type);
                }));

    assertThatThrownBy(withFault::tend).hasRootCauseMessage("broken");

    assertThat(own.deployment.messages.accepted())
        .singleElement()
        .extracting(mail -> mail.message().content().subject())
        .asString()
        .contains("lapsing.example");
  }

  @Test
  void a_dns_that_is_silent_makes_nothing_lapse() {
    SenderDomain domain = own.working(own.deployment.admin, "acme.example");
    own.dns.fallSilent();

    for (int day = 0; day < 10; day++) {
      own.domains.letPass(Duration.ofDays(1));
      assertThat(own.tending.tend()).isEqualTo(new TendDomains.Result(1, 0));
    }

    assertThat(own.covering(domain, "acme.example")).isPresent();
    assertThat(own.domains.holder(domain.team(), domain.name())).isEqualTo(Holder.THIS_TEAM);
  }

  @Test
  void a_few_are_checked_at_a_time() {
    int few = 8;
    var _ =
        IntStream.range(0, 3 * few)
            .mapToObj(number -> own.added(own.deployment.admin, "d" + number + ".example"))
            .toList();
    own.domains.letPass(Duration.ofHours(1));
    var together = new CountDownLatch(few);
    var asking = new AtomicInteger();
    var most = new AtomicInteger();

    TendDomains.Result result =
        own.tending(
                own.checksAsking(
                    (_, _) -> {
                      most.accumulateAndGet(asking.incrementAndGet(), Math::max);
                      together.countDown();
                      awaitQuietly(together);
                      asking.decrementAndGet();
                      return new DnsAnswer.NotThere();
                    }))
            .tend();

    assertThat(result).isEqualTo(new TendDomains.Result(3 * few, 0));
    assertThat(most).hasValue(few);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  @Test
  void a_check_that_is_not_through_in_time_has_found_out_nothing() {
    SenderDomain domain = own.working(own.deployment.admin, "acme.example");
    var late =
        new DomainChecks(
            own.domains,
            own.dns,
            own.deployment.providers,
            own.domains::now,
            _ -> {},
            Duration.ofMillis(1));
    own.domains.letPass(Duration.ofDays(1));

    SenderDomainView checked = late.check(domain).orElseThrow();

    assertThat(checked.records())
        .allSatisfy(record -> assertThat(record.answer()).isInstanceOf(DnsAnswer.Untold.class));
    assertThat(checked.domain().standing()).isInstanceOf(Working.class);
    assertThat(checked.domain().secondLookAt()).isEmpty();
  }
}
