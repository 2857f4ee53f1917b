package io.leverans.mail.msc;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.Outcome;
import io.leverans.mail.conversation.HostAndPort;
import io.leverans.mail.conversation.NameServers;
import io.leverans.mail.conversation.NameServers.Scope;
import io.leverans.mail.conversation.TestDns;
import io.leverans.mail.msc.MscSettings.IpVersions;
import io.leverans.mail.msc.MxResolver.Route;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Rcode;

class MxResolverTest {
  private final TestDns dns = new TestDns();

  @AfterEach
  void close() {
    dns.close();
  }

  @Test
  void servers_come_in_the_order_of_their_preference() {
    dns.with("example.com", "MX 30 c.test.", "MX 10 A.test.", "MX 20 b.test.");
    assertThat(servers("example.com")).containsExactly("a.test", "b.test", "c.test");
  }

  @Test
  void equals_come_in_any_order() {
    dns.with("example.com", "MX 10 a.test.", "MX 10 b.test.", "MX 20 c.test.");
    MxResolver resolver = resolver(IpVersions.ANY);
    Set<List<String>> seen = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      seen.add(places(resolver.serversOf("example.com")));
    }
    assertThat(seen)
        .containsExactlyInAnyOrder(
            List.of("a.test", "b.test", "c.test"), List.of("b.test", "a.test", "c.test"));
  }

  @Test
  void answers_are_kept_for_as_long_as_they_hold() {
    dns.with("example.com", "MX 10 a.test.");
    MxResolver resolver = resolver(IpVersions.ANY);
    for (int i = 0; i < 5; i++) {
      places(resolver.serversOf("example.com"));
    }
    assertThat(dns.questions()).containsExactly("example.com. MX");
  }

  @Test
  void a_domain_that_says_so_takes_no_mail() {
    dns.with("example.com", "MX 0 .");
    assertThat(rejection("example.com").cause()).isEqualTo(Cause.DOMAIN_REFUSES_MAIL);
  }

  @Test
  void a_domain_that_does_not_exist_is_unknown() {
    assertThat(rejection("nowhere.test").cause()).isEqualTo(Cause.DOMAIN_UNKNOWN);
  }

  @Test
  void a_domain_without_mail_servers_takes_mail_at_its_own_address() {
    dns.with("example.com", "A 192.0.2.1");
    assertThat(servers("example.com")).containsExactly("example.com");
    dns.with("six.example", "AAAA 2001:db8::1");
    assertThat(servers("six.example")).containsExactly("six.example");
  }

  @Test
  void a_domain_with_neither_takes_no_mail() {
    dns.with("example.com", "TXT \"nothing here\"");
    assertThat(rejection("example.com").cause()).isEqualTo(Cause.DOMAIN_REFUSES_MAIL);
  }

  @Test
  void a_name_server_that_fails_decides_nothing() {
    dns.failing("example.com", Rcode.SERVFAIL);
    assertThat(deferral(resolver(IpVersions.ANY).serversOf("example.com")).cause())
        .isEqualTo(Cause.NETWORK_FAILURE);
    assertThat(deferral(resolver(IpVersions.ANY).serversOf("example.com")).words())
        .endsWith("the name server failed or refused to answer");
    dns.failing("refused.test", Rcode.REFUSED);
    assertThat(deferral(resolver(IpVersions.ANY).serversOf("refused.test")).cause())
        .isEqualTo(Cause.NETWORK_FAILURE);
  }

  @Test
  void a_name_server_that_does_not_answer_decides_nothing() {
    HostAndPort address = dns.address();
    dns.close();
    var silent = new NameServers(Optional.of(address), Duration.ofMillis(50), Scope.DNS_ONLY);
    var resolver = new MxResolver(silent, IpVersions.ANY, new Random());
    assertThat(deferral(resolver.serversOf("example.com")).cause())
        .isEqualTo(Cause.NETWORK_FAILURE);
    assertThat(deferral(resolver.serversOf("example.com")).words()).doesNotContain("xception");
  }

  @Test
  void every_address_of_a_server_counts_with_ipv4_first() throws Exception {
    dns.with("mx.test", "AAAA 2001:db8::1", "A 192.0.2.1", "A 192.0.2.2");
    assertThat(places(resolver(IpVersions.ANY).addressesOf("mx.test")))
        .containsExactlyInAnyOrder(
            InetAddress.getByName("192.0.2.1"),
            InetAddress.getByName("192.0.2.2"),
            InetAddress.getByName("2001:db8::1"))
        .last()
        .isEqualTo(InetAddress.getByName("2001:db8::1"));
    assertThat(places(resolver(IpVersions.IPV4_ONLY).addressesOf("mx.test"))).hasSize(2);
  }

  @Test
  void a_server_without_an_address_is_no_verdict_on_the_recipient() {
    assertThat(deferral(resolver(IpVersions.ANY).addressesOf("gone.test")).words())
        .contains("gone.test has no address");
    dns.with("six.test", "AAAA 2001:db8::1");
    assertThat(deferral(resolver(IpVersions.IPV4_ONLY).addressesOf("six.test")).words())
        .contains("of IPv4");
  }

  @Test
  void a_domain_beyond_ascii_is_asked_for_as_dns_has_it() {
    dns.with("xn--bcher-kva.example", "MX 10 a.test.");
    assertThat(servers("bücher.example")).containsExactly("a.test");
  }

  private MxResolver resolver(IpVersions ipVersions) {
    var servers =
        new NameServers(Optional.of(dns.address()), Duration.ofSeconds(2), Scope.DNS_ONLY);
    return new MxResolver(servers, ipVersions, new Random());
  }

  private List<String> servers(String domain) {
    return places(resolver(IpVersions.ANY).serversOf(domain));
  }

  private Failure rejection(String domain) {
    return outcome(resolver(IpVersions.ANY).serversOf(domain)) instanceof Outcome.Rejected(var why)
        ? why
        : failUnexpected();
  }

  private static Failure deferral(Route<?> route) {
    return outcome(route) instanceof Outcome.Deferred(var why, _, _) ? why : failUnexpected();
  }

  private static Failure failUnexpected() {
    throw new AssertionError("another outcome was expected");
  }

  private static Outcome outcome(Route<?> route) {
    return switch (route) {
      case Route.Nowhere<?>(var outcome) -> outcome;
      case Route.To<?>(var places, _) -> throw new AssertionError("found " + places);
    };
  }

  private static <T> List<T> places(Route<T> route) {
    return switch (route) {
      case Route.To<T>(var places, _) -> places;
      case Route.Nowhere<T>(var outcome) -> throw new AssertionError(outcome.toString());
    };
  }
}
