package io.leverans.mail.msc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leverans.application.port.provider.InvalidSettingException;
import io.leverans.domain.delivery.AttemptReport;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.HandOver.Permission;
import io.leverans.domain.delivery.NextHop;
import io.leverans.domain.delivery.Outcome;
import io.leverans.mail.conversation.Script;
import io.leverans.mail.conversation.Script.Step;
import io.leverans.mail.conversation.ScriptedServer;
import io.leverans.mail.conversation.ScriptedServer.Opening;
import io.leverans.mail.conversation.ServerKeys;
import io.leverans.mail.conversation.TestDns;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequiredTlsTest {
  private final TestWorld world = new TestWorld();
  private final TestDns dns =
      new TestDns()
          .with("bank.example", "MX 10 mail.test.")
          .with("tax.gov.example", "MX 10 mail.test.")
          .with("shop.example", "MX 10 mail.test.")
          .with("mail.test", "A 127.0.0.1");
  private ScriptedServer server = new ScriptedServer();

  @AfterEach
  void close() {
    dns.close();
    server.close();
  }

  @Test
  void a_server_with_a_valid_certificate_gets_the_mail() {
    serve(ServerKeys.OF_THE_COMPANY);
    AttemptReport report = attempt("anna@bank.example");
    assertThat(report.outcomes().values()).hasOnlyElementsOfType(Outcome.Accepted.class);
    assertThat(report.nextHop().map(NextHop::security))
        .contains(new NextHop.Security.Encrypted("TLSv1.3", Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource({"anna@bank.example, bank.example", "anna@tax.gov.example, *.gov.example"})
  void one_without_gets_none_and_the_mail_waits_and_says_why(String recipient, String entry) {
    serve(ServerKeys.SELF_SIGNED);
    AttemptReport report = attempt(recipient);
    assertThat(report.outcomes().values())
        .singleElement()
        .isInstanceOfSatisfying(
            Outcome.Deferred.class,
            deferred -> {
              assertThat(deferred.failure().cause()).isEqualTo(Cause.TLS_FAILURE);
              assertThat(deferred.failure().words())
                  .contains("msc.tls-required", entry, "mail.test", "signed by the server itself");
            });
    assertThat(server.messages()).isEmpty();
  }

  @Test
  void a_domain_that_is_not_named_gets_its_mail_as_ever() {
    serve(ServerKeys.SELF_SIGNED);
    assertThat(attempt("anna@shop.example").outcomes().values())
        .hasOnlyElementsOfType(Outcome.Accepted.class);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "bank.example, bank.example",
        "www.bank.example, -",
        "gov.example, -",
        "a.gov.example, *.gov.example",
        "a.b.gov.example, *.gov.example",
        "xgov.example, -",
        "xn--bcher-kva.example, xn--bcher-kva.example",
      })
  void a_star_stands_for_all_below_and_a_name_for_itself(String domain, String entry) {
    var domains = RequiredDomains.parse("k", "Bank.Example, *.gov.example , bücher.example");
    assertThat(domains.entryFor(domain)).isEqualTo(Optional.ofNullable(entry));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"bank", "bank.example,", "*", "*.", "a.*.example", "anna@bank.example", "a b.c"})
  void what_is_no_domain_stops_the_start(String setting) {
    refused("tls-required", "tls-required", setting);
  }

  @Test
  void it_cannot_be_kept_through_a_smart_host() {
    refused("tls-required", "tls-required", "bank.example", "smart-host", "127.0.0.1");
  }

  @Test
  void what_is_no_certificate_stops_the_start() {
    refused("authorities", "authorities", "hello");
  }

  private void refused(String key, String... settings) {
    assertThatThrownBy(() -> world.provider(settings))
        .isInstanceOfSatisfying(
            InvalidSettingException.class, e -> assertThat(e.key()).isEqualTo(key));
  }

  private void serve(ServerKeys keys) {
    server.close();
    server = new ScriptedServer(Opening.IN_CLEAR, keys);
    server.follow(Script.say(Step.EHLO, "250-mail.test\r\n250 STARTTLS"));
  }

  private AttemptReport attempt(String recipient) {
    try (MscProvider provider =
        world.provider(
            "dns-server",
            dns.address().toString(),
            "port",
            String.valueOf(server.port()),
            "command-timeout",
            "30s",
            "authorities",
            ServerKeys.authority(),
            "tls-required",
            "bank.example, *.gov.example")) {
      return provider
          .transport()
          .attempt(TestWorld.dispatch(recipient), TestWorld.CHANNEL, _ -> Permission.GO);
    }
  }
}
