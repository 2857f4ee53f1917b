package io.leverans.mail.msc;

import static io.leverans.mail.msc.DaneWorld.accepted;
import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.domain.delivery.AttemptReport;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.NextHop;
import io.leverans.mail.conversation.ServerKeys;
import io.leverans.mail.conversation.SignedDns;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Rcode;

/** What DNS proves of the way to a server and of what is published for it. */
class DaneLookupTest {
  private DaneWorld world;
  private SignedDns dns;

  @BeforeEach
  void open(@TempDir Path folder) {
    world = new DaneWorld(folder);
    dns = world.dns();
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void what_cannot_be_asked_for_safely_bars_the_server() {
    world.publish("mail.test", ServerKeys.SELF_SIGNED.tlsa("3 1 1"));
    dns.spoiling(world.place("mail.test"), "TLSA");
    world.assertBarred("the answer is not validly signed (DNSSEC)");
  }

  @Test
  void an_absence_that_is_not_proven_bars_the_server() {
    dns.spoiling(world.place("mail.test"), "TLSA");
    world.assertBarred("the answer is not validly signed (DNSSEC)");
  }

  @ParameterizedTest
  @ValueSource(ints = {Rcode.SERVFAIL, Rcode.REFUSED})
  void a_name_server_that_fails_bars_the_server(int rcode) {
    dns.failing(world.place("mail.test"), "TLSA", rcode);
    world.assertBarred("the name server failed, refused or did not answer in time");
  }

  @Test
  void an_absence_in_the_name_of_an_unsigned_zone_bars_the_server() {
    world.publish("mail.test", DaneWorld.NOBODYS);
    dns.forging(
        world.place("mail.test"),
        "TLSA",
        List.of(),
        List.of(SignedDns.record("a.plain", "NSEC z.plain. A RRSIG NSEC")));
    world.assertBarred("neither signed nor proven to be unsigned (DNSSEC)");
  }

  @Test
  void a_server_that_is_barred_is_passed_over_for_the_next() {
    dns.with("bank.example", "MX 5 first.test.").with("first.test", "A 127.0.0.1");
    dns.failing(world.place("first.test"), "TLSA", Rcode.SERVFAIL);
    world.publish("mail.test", ServerKeys.SELF_SIGNED.tlsa("3 1 1"));
    AttemptReport report = world.attempt();
    assertThat(accepted(report)).isTrue();
    assertThat(report.nextHop().map(NextHop::host)).contains("mail.test");
    assertThat(report.transcript())
        .anyMatch(line -> line.startsWith("* DNS did not tell safely what first.test demands"));
  }

  @ParameterizedTest
  @CsvSource({"bank.example, MX, mail servers", "mail.test, A, address"})
  void where_the_way_to_the_server_is_not_validly_signed_the_mail_waits(
      String name, String type, String what) {
    dns.spoiling(name, type);
    Failure failure = world.failure();
    assertThat(failure.cause()).isEqualTo(Cause.NETWORK_FAILURE);
    assertThat(failure.words())
        .contains("DNS did not tell the " + what)
        .contains("the answer is not validly signed (DNSSEC)");
    assertThat(world.server().connections()).isZero();
  }

  @Test
  void where_the_recipients_domain_is_unsigned_nothing_is_asked_for() {
    world.publish("mail.test", DaneWorld.NOBODYS);
    assertThat(accepted(world.attempt("anna@shop.plain"))).isTrue();
    assertThat(dns.questions()).noneMatch(question -> question.endsWith("TLSA"));
  }

  @Test
  void where_the_servers_address_is_unsigned_nothing_is_asked_for() {
    dns.without("bank.example", "MX").with("bank.example", "MX 10 mail.plain.");
    dns.with(world.place("mail.plain"), "TLSA " + DaneWorld.NOBODYS);
    assertThat(accepted(world.attempt())).isTrue();
    assertThat(dns.questions()).noneMatch(question -> question.endsWith("TLSA"));
  }

  @Test
  void a_signed_alias_to_an_unsigned_server_counts_by_itself() {
    dns.without("bank.example", "MX").with("bank.example", "MX 10 out.test.");
    dns.with("out.test", "CNAME mail.plain.")
        .with(world.place("mail.plain"), "TLSA " + DaneWorld.NOBODYS);
    assertThat(accepted(world.attempt())).isTrue();
    world.publish("out.test", DaneWorld.NOBODYS);
    assertThat(world.failure().words()).contains("no TLSA record of out.test matches it");
    dns.without(world.place("out.test"), "TLSA");
    world.publish("out.test", ServerKeys.SELF_SIGNED.tlsa("3 1 1"));
    assertThat(accepted(world.attempt())).isTrue();
  }

  @Test
  void so_does_that_of_a_domain_without_mail_servers() {
    dns.with("out.test", "CNAME mail.plain.");
    assertThat(accepted(world.attempt("anna@out.test"))).isTrue();
    world.publish("out.test", DaneWorld.NOBODYS);
    assertThat(world.failure("anna@out.test").words())
        .contains("no TLSA record of out.test matches it");
  }

  @Test
  void what_an_alias_leads_to_comes_before_the_alias() {
    dns.without("bank.example", "MX").with("bank.example", "MX 10 alias.test.");
    dns.with("alias.test", "CNAME mail.test.");
    world.publish("alias.test", ServerKeys.SELF_SIGNED.tlsa("3 1 1"));
    assertThat(accepted(world.attempt())).isTrue();
    world.publish("mail.test", DaneWorld.NOBODYS);
    assertThat(world.failure().words()).contains("no TLSA record of mail.test matches it");
  }

  @Test
  void tlsa_records_may_be_shared_by_an_alias() {
    dns.with(world.place("mail.test"), "CNAME shared.test.");
    dns.with("shared.test", "TLSA " + DaneWorld.NOBODYS);
    assertThat(world.failure().words()).contains("no TLSA record of mail.test matches it");
  }

  @Test
  void a_domain_without_mail_servers_is_protected_at_its_own_address() {
    world.publish("mail.test", DaneWorld.NOBODYS);
    assertThat(world.failure("anna@mail.test").words()).contains("no TLSA record");
  }
}
