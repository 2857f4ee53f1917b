package io.leverans.application.service.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.leverans.application.port.out.memory.MemoryDns;
import io.leverans.application.port.out.memory.MemoryDomainNames;
import io.leverans.domain.senderdomain.DmarcRecord.Policy;
import io.leverans.domain.senderdomain.RecordType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

class DmarcPoliciesTest {
  private final MemoryDns dns = new MemoryDns();
  private final List<String> asked = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-24T12:00:00Z");
  private final DmarcPolicies policies = policiesRunBy(Runnable::run);

  private DmarcPolicies policiesRunBy(Executor executor) {
    return new DmarcPolicies(
        (name, type) -> {
          asked.add(name);
          return dns.lookUp(name, type);
        },
        MemoryDomainNames::inALabels,
        () -> now,
        executor);
  }

  private void publish(String domain, String record) {
    var _ = dns.publish("_dmarc." + domain, RecordType.TXT, record);
  }

  private static void assertAsks(DmarcFinding finding, String domain, Policy policy) {
    DmarcFinding.Asks asks = assertInstanceOf(DmarcFinding.Asks.class, finding);
    assertThat(asks.domain()).isEqualTo(domain);
    assertThat(asks.policy()).isEqualTo(policy);
  }

  @Test
  void a_domains_own_record_says_it_all() {
    publish("mail.example.com", "v=DMARC1; p=reject; sp=none");
    publish("example.com", "v=DMARC1; p=none");
    assertAsks(policies.of("mail.example.com"), "mail.example.com", Policy.REJECT);
    assertThat(asked).containsExactly("_dmarc.mail.example.com");
  }

  @Test
  void else_the_organizations_record_holds_for_those_below() {
    publish("example.com", "v=DMARC1; p=reject; sp=quarantine");
    assertAsks(policies.of("a.mail.example.com"), "example.com", Policy.QUARANTINE);
  }

  @Test
  void of_several_records_above_the_one_closest_to_the_top_counts_unless_one_says_otherwise() {
    publish("mail.example.com", "v=DMARC1; p=none");
    publish("example.com", "v=DMARC1; p=reject");
    assertAsks(policies.of("a.mail.example.com"), "example.com", Policy.REJECT);
    publish("mail.example.net", "v=DMARC1; p=quarantine; psd=n");
    publish("example.net", "v=DMARC1; p=reject");
    assertAsks(policies.of("a.mail.example.net"), "mail.example.net", Policy.QUARANTINE);
  }

  @Test
  void a_public_suffix_speaks_only_for_domains_that_say_nothing_themselves() {
    publish("co.example", "v=DMARC1; p=reject; psd=y");
    publish("shop.co.example", "v=DMARC1; p=none");
    assertAsks(policies.of("mail.shop.co.example"), "shop.co.example", Policy.NONE);
    assertAsks(policies.of("other.co.example"), "co.example", Policy.REJECT);
  }

  @Test
  void two_records_at_one_name_count_as_none() {
    publish("example.com", "v=DMARC1; p=reject");
    publish("example.com", "v=DMARC1; p=none");
    assertThat(policies.of("example.com")).isEqualTo(new DmarcFinding.NoRecord());
  }

  @Test
  void a_name_of_many_labels_costs_eight_questions() {
    String deep = "l.k.j.i.h.g.f.e.d.c.example.com";
    assertThat(policies.of(deep)).isEqualTo(new DmarcFinding.NoRecord());
    assertThat(asked).hasSize(8).startsWith("_dmarc." + deep, "_dmarc.g.f.e.d.c.example.com");
  }

  @Test
  void an_answer_is_fresh_for_ten_minutes_and_no_answer_for_half_a_minute() {
    publish("example.com", "v=DMARC1; p=none");
    var _ = policies.of("example.com");
    now = now.plus(Duration.ofMinutes(9));
    var _ = policies.of("example.com");
    assertThat(asked).hasSize(1);
    dns.fallSilent();
    assertThat(policies.of("example.net")).isInstanceOf(DmarcFinding.Untold.class);
    dns.speakAgain();
    now = now.plus(Duration.ofSeconds(29));
    assertThat(policies.of("example.net")).isInstanceOf(DmarcFinding.Untold.class);
    now = now.plus(Duration.ofSeconds(1));
    assertThat(policies.of("example.net")).isEqualTo(new DmarcFinding.NoRecord());
  }

  @Test
  void what_was_found_holds_for_an_hour_more_when_dns_falls_silent() {
    publish("example.com", "v=DMARC1; p=reject");
    var _ = policies.of("example.com");
    dns.fallSilent();
    now = now.plus(Duration.ofMinutes(69));
    assertAsks(policies.of("example.com"), "example.com", Policy.REJECT);
    now = now.plus(Duration.ofMinutes(1));
    assertThat(policies.of("example.com")).isInstanceOf(DmarcFinding.Untold.class);
  }

  @Test
  void nobody_waits_while_what_is_known_is_asked_anew() {
    List<Runnable> held = new ArrayList<>();
    DmarcPolicies slow = policiesRunBy(held::add);
    publish("example.com", "v=DMARC1; p=none");
    var _ = slow.of("example.com");
    held.removeFirst().run();
    var _ = dns.withdraw("_dmarc.example.com", RecordType.TXT);
    publish("example.com", "v=DMARC1; p=reject");
    now = now.plus(Duration.ofMinutes(11));

    assertTimeout(
        Duration.ofSeconds(1),
        () -> assertAsks(slow.of("example.com"), "example.com", Policy.NONE));

    held.removeFirst().run();
    assertAsks(slow.of("example.com"), "example.com", Policy.REJECT);
  }

  @Test
  void an_international_domain_is_asked_for_in_a_labels() {
    publish("xn--acm-dma.example", "v=DMARC1; p=reject");
    assertAsks(policies.of("acmé.example"), "xn--acm-dma.example", Policy.REJECT);
    assertThat(policies.of("no name")).isInstanceOf(DmarcFinding.Untold.class);
    assertThat(asked).containsExactly("_dmarc.xn--acm-dma.example");
  }

  @Test
  void of_one_domain_there_is_one_question_at_a_time_and_nobody_waits_twice() {
    List<Runnable> held = new ArrayList<>();
    DmarcPolicies slow = policiesRunBy(held::add);
    assertThat(slow.of("example.com"))
        .isEqualTo(new DmarcFinding.Untold("DNS did not answer within two seconds"));
    assertTimeout(Duration.ofSeconds(1), () -> slow.of("example.com"));
    assertThat(held).hasSize(1);
    publish("example.com", "v=DMARC1; p=reject");
    held.getFirst().run();
    assertAsks(slow.of("example.com"), "example.com", Policy.REJECT);
  }

  @Test
  void a_fault_of_ours_stops_nobody() {
    var broken =
        new DmarcPolicies(
            (_, _) -> {
              throw new IllegalStateException("broken");
            },
            MemoryDomainNames::inALabels,
            () -> now,
            Runnable::run);
    assertThat(broken.of("example.com"))
        .isEqualTo(new DmarcFinding.Untold("DNS could not be asked"));
  }
}
