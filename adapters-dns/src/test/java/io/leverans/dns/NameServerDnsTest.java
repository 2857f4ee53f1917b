package io.leverans.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.leverans.domain.senderdomain.DnsAnswer;
import io.leverans.domain.senderdomain.RecordType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Rcode;

class NameServerDnsTest {
  private final TestDns server = new TestDns();
  private final NameServerDns dns =
      new NameServerDns(Optional.of(server.address()), Duration.ofSeconds(2));

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void each_text_record_is_one_value_however_many_strings_it_has() {
    server
        .with("acme.test", "TXT", "\"v=DKIM1; k=rsa; p=\" \"abc\"")
        .with("acme.test", "TXT", "\"other; text\"");

    assertThat(dns.lookUp("acme.test", RecordType.TXT))
        .isEqualTo(new DnsAnswer.Found(List.of("v=DKIM1; k=rsa; p=abc", "other; text")));
  }

  @Test
  void an_alias_is_followed_to_its_texts() {
    server
        .with("bounces.acme.test", "CNAME", "leverans.test.")
        .with("leverans.test", "TXT", "\"v=spf1 -all\"");

    assertThat(dns.lookUp("bounces.acme.test", RecordType.TXT))
        .isEqualTo(new DnsAnswer.Found(List.of("v=spf1 -all")));
  }

  @Test
  void an_alias_that_is_asked_for_is_told_in_lower_case_without_its_last_dot() {
    server.with("bounces.acme.test", "CNAME", "Mail.Leverans.TEST.");

    assertThat(dns.lookUp("bounces.acme.test", RecordType.CNAME))
        .isEqualTo(new DnsAnswer.Found(List.of("mail.leverans.test")));
  }

  @Test
  void mail_exchangers_are_told_with_their_preference() {
    server.with("acme.test", "MX", "10 mx.acme.test.");

    assertThat(dns.lookUp("acme.test", RecordType.MX))
        .isEqualTo(new DnsAnswer.Found(List.of("10 mx.acme.test")));
  }

  @Test
  void a_name_that_does_not_exist_and_one_without_such_a_record_have_nothing() {
    server.with("acme.test", "MX", "10 mx.acme.test.");

    assertThat(dns.lookUp("nobody.test", RecordType.TXT)).isEqualTo(new DnsAnswer.NotThere());
    assertThat(dns.lookUp("acme.test", RecordType.TXT)).isEqualTo(new DnsAnswer.NotThere());
  }

  @Test
  void what_is_no_name_is_not_taken_for_one_that_nothing_is_at() {
    assertThat(dns.lookUp("no..name", RecordType.TXT)).isInstanceOf(DnsAnswer.Untold.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {Rcode.SERVFAIL, Rcode.REFUSED})
  void a_server_that_fails_proves_nothing(int rcode) {
    server.failing("acme.test", rcode);

    assertInstanceOf(DnsAnswer.Untold.class, dns.lookUp("acme.test", RecordType.TXT));
  }

  @Test
  void a_server_that_is_silent_proves_nothing_and_is_not_waited_for_long() {
    var hasty = new NameServerDns(Optional.of(server.address()), Duration.ofMillis(200));
    server.silent("acme.test");

    assertThat(assertInstanceOf(DnsAnswer.Untold.class, hasty.lookUp("acme.test", RecordType.TXT)))
        .extracting(DnsAnswer.Untold::why)
        .isEqualTo("no name server answered in time; ask again later");
  }

  @Test
  void what_was_just_published_is_seen_at_once_whatever_was_there_before() {
    var _ = dns.lookUp("acme.test", RecordType.TXT);
    server.with("acme.test", 300, "TXT", "first");
    assertThat(dns.lookUp("acme.test", RecordType.TXT))
        .isEqualTo(new DnsAnswer.Found(List.of("first")));

    server.without("acme.test").with("acme.test", 300, "TXT", "second");

    assertThat(dns.lookUp("acme.test", RecordType.TXT))
        .isEqualTo(new DnsAnswer.Found(List.of("second")));
  }

  @Test
  void an_answer_that_failed_is_not_kept() {
    server.failing("acme.test", Rcode.SERVFAIL);
    var _ = dns.lookUp("acme.test", RecordType.TXT);
    int asked = server.questions().size();

    var _ = dns.lookUp("acme.test", RecordType.TXT);

    assertThat(server.questions()).hasSizeGreaterThan(asked);
  }
}
