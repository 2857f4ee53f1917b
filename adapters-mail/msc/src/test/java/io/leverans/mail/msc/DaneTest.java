package io.leverans.mail.msc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leverans.application.port.provider.InvalidSettingException;
import io.leverans.domain.delivery.AttemptReport;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.HandOver.Permission;
import io.leverans.domain.delivery.NextHop;
import io.leverans.domain.delivery.Outcome;
import io.leverans.mail.conversation.Script;
import io.leverans.mail.conversation.Script.Step;
import io.leverans.mail.conversation.ScriptedServer;
import io.leverans.mail.conversation.ScriptedServer.Opening;
import io.leverans.mail.conversation.ServerKeys;
import io.leverans.mail.conversation.SignedDns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Rcode;

/** With a name server that signs and a mail server, on sockets of their own. */
class DaneTest {
  private static final String NOBODYS = "3 1 1 " + "00".repeat(32);

  private final TestWorld world = new TestWorld();
  private final SignedDns dns =
      new SignedDns()
          .zone("example")
          .zone("test")
          .unsignedZone("plain")
          .with("bank.example", "MX 10 mail.test.")
          .with("mail.test", "A 127.0.0.1")
          .with("mail.plain", "A 127.0.0.1")
          .with("shop.plain", "MX 10 mail.test.");

  @TempDir private Path folder;
  private ScriptedServer server = new ScriptedServer();

  @BeforeEach
  void open() {
    serve(ServerKeys.SELF_SIGNED);
  }

  @AfterEach
  void close() {
    dns.close();
    server.close();
  }

  @Test
  void a_server_that_shows_the_certificate_that_is_published_gets_the_mail() {
    publish("mail.test", ServerKeys.SELF_SIGNED.tlsa("3 1 1"));
    AttemptReport report = attempt();
    assertThat(accepted(report)).isTrue();
    assertThat(report.nextHop().map(NextHop::security))
        .contains(new NextHop.Security.Encrypted("TLSv1.3", Optional.empty()));
    assertThat(report.transcript())
        .anyMatch(
            line ->
                line.equals(
                    "* DANE (TLSA of %s) demands encryption and a certificate that matches"
                        .formatted(place("mail.test"))));
  }

  @Test
  void one_that_shows_another_gets_nothing_and_the_mail_waits() {
    publish("mail.test", NOBODYS);
    Failure failure = failure();
    assertThat(failure.cause()).isEqualTo(Cause.TLS_FAILURE);
    assertThat(failure.remoteHost()).contains("mail.test");
    assertThat(failure.words())
        .contains("DANE (TLSA of " + place("mail.test") + ") demands encryption")
        .contains("no TLSA record of mail.test matches it; its SHA-256 fingerprint is")
        .contains("tell the recipient's postmaster by another way");
    assertThat(server.messages()).isEmpty();
    assertThat(server.commands()).noneMatch(command -> command.startsWith("MAIL"));
  }

  @Test
  void one_without_encryption_gets_nothing() {
    publish("mail.test", ServerKeys.SELF_SIGNED.tlsa("3 1 1"));
    server.follow(Script.POLITE);
    assertThat(failure().words()).contains("mail.test offers no encryption");
    assertThat(server.messages()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"bank.example, mail.test", "bank.example, alias.test", "mail.test, mail.test"})
  void a_published_authority_vouches_for_the_server_by_its_names(String domain, String host) {
    dns.with("alias.test", "CNAME mail.test.").without("bank.example", "MX");
    dns.with("bank.example", "MX 10 " + host + ".");
    serve(ServerKeys.OF_THE_COMPANY);
    publish("mail.test", ServerKeys.OF_THE_COMPANY.authoritysTlsa("2 0 1"));
    assertThat(accepted(attempt("anna@" + domain))).isTrue();
    assertThat(server.namesAskedFor()).containsExactly("mail.test");
  }

  @Test
  void an_authority_does_not_vouch_for_a_server_of_another_name() {
    dns.without("bank.example", "MX").with("bank.example", "MX 10 other.test.");
    dns.with("other.test", "A 127.0.0.1");
    serve(ServerKeys.OF_THE_COMPANY);
    publish("other.test", ServerKeys.OF_THE_COMPANY.authoritysTlsa("2 0 1"));
    assertThat(failure().words())
        .contains("the certificate is not for other.test or bank.example; it is for mail.test");
    assertThat(server.messages()).isEmpty();
  }

  @Test
  void a_certificate_for_the_recipients_domain_will_do() {
    dns.with("mail.test", "MX 10 other.test.").with("other.test", "A 127.0.0.1");
    serve(ServerKeys.OF_THE_COMPANY);
    publish("other.test", ServerKeys.OF_THE_COMPANY.authoritysTlsa("2 0 1"));
    assertThat(accepted(attempt("anna@mail.test"))).isTrue();
  }

  @Test
  void a_server_for_which_nothing_is_published_gets_the_mail_as_ever() {
    AttemptReport report = attempt();
    assertThat(accepted(report)).isTrue();
    assertThat(problem(report)).contains("the certificate is signed by the server itself");
    assertThat(dns.questions()).contains(place("mail.test") + ". TLSA");
    server.follow(Script.POLITE);
    assertThat(accepted(attempt())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0 0 1 ", "1 1 1 ", "3 1 9 ", "3 1 2 "})
  void where_nothing_usable_is_published_only_encryption_is_demanded(String kind) {
    publish("mail.test", kind + "ab".repeat(32));
    AttemptReport report = attempt();
    assertThat(accepted(report)).isTrue();
    assertThat(problem(report)).contains("the certificate is signed by the server itself");
    server.follow(Script.POLITE);
    assertThat(failure().words())
        .contains("none of them usable) demands encryption. mail.test offers no encryption");
    assertThat(server.messages()).hasSize(1);
  }

  @Test
  void what_cannot_be_asked_for_safely_bars_the_server() {
    publish("mail.test", ServerKeys.SELF_SIGNED.tlsa("3 1 1"));
    dns.spoiling(place("mail.test"), "TLSA");
    assertBarred("the answer is not validly signed (DNSSEC)");
  }

  @Test
  void an_absence_that_is_not_proven_bars_the_server() {
    dns.spoiling(place("mail.test"), "TLSA");
    assertBarred("the answer is not validly signed (DNSSEC)");
  }

  @ParameterizedTest
  @ValueSource(ints = {Rcode.SERVFAIL, Rcode.REFUSED})
  void a_name_server_that_fails_bars_the_server(int rcode) {
    dns.failing(place("mail.test"), "TLSA", rcode);
    assertBarred("the name server failed, refused or did not answer in time");
  }

  @Test
  void an_absence_in_the_name_of_an_unsigned_zone_bars_the_server() {
    publish("mail.test", NOBODYS);
    dns.forging(
        place("mail.test"),
        "TLSA",
        List.of(),
        List.of(SignedDns.record("a.plain", "NSEC z.plain. A RRSIG NSEC")));
    assertBarred("neither signed nor proven to be unsigned (DNSSEC)");
  }

  @Test
  void a_server_that_is_barred_is_passed_over_for_the_next() {
    dns.with("bank.example", "MX 5 first.test.").with("first.test", "A 127.0.0.1");
    dns.failing(place("first.test"), "TLSA", Rcode.SERVFAIL);
    publish("mail.test", ServerKeys.SELF_SIGNED.tlsa("3 1 1"));
    AttemptReport report = attempt();
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
    Failure failure = failure();
    assertThat(failure.cause()).isEqualTo(Cause.NETWORK_FAILURE);
    assertThat(failure.words())
        .contains("DNS did not tell the " + what)
        .contains("the answer is not validly signed (DNSSEC)");
    assertThat(server.connections()).isZero();
  }

  @Test
  void where_the_recipients_domain_is_unsigned_nothing_is_asked_for() {
    publish("mail.test", NOBODYS);
    assertThat(accepted(attempt("anna@shop.plain"))).isTrue();
    assertThat(dns.questions()).noneMatch(question -> question.endsWith("TLSA"));
  }

  @Test
  void where_the_servers_address_is_unsigned_nothing_is_asked_for() {
    dns.without("bank.example", "MX").with("bank.example", "MX 10 mail.plain.");
    dns.with(place("mail.plain"), "TLSA " + NOBODYS);
    assertThat(accepted(attempt())).isTrue();
    assertThat(dns.questions()).noneMatch(question -> question.endsWith("TLSA"));
  }

  @Test
  void a_signed_alias_to_an_unsigned_server_counts_by_itself() {
    dns.without("bank.example", "MX").with("bank.example", "MX 10 out.test.");
    dns.with("out.test", "CNAME mail.plain.").with(place("mail.plain"), "TLSA " + NOBODYS);
    assertThat(accepted(attempt())).isTrue();
    publish("out.test", NOBODYS);
    assertThat(failure().words()).contains("no TLSA record of out.test matches it");
    dns.without(place("out.test"), "TLSA");
    publish("out.test", ServerKeys.SELF_SIGNED.tlsa("3 1 1"));
    assertThat(accepted(attempt())).isTrue();
  }

  @Test
  void so_does_that_of_a_domain_without_mail_servers() {
    dns.with("out.test", "CNAME mail.plain.");
    assertThat(accepted(attempt("anna@out.test"))).isTrue();
    publish("out.test", NOBODYS);
    assertThat(failure(attempt("anna@out.test")).words())
        .contains("no TLSA record of out.test matches it");
  }

  @Test
  void what_an_alias_leads_to_comes_before_the_alias() {
    dns.without("bank.example", "MX").with("bank.example", "MX 10 alias.test.");
    dns.with("alias.test", "CNAME mail.test.");
    publish("alias.test", ServerKeys.SELF_SIGNED.tlsa("3 1 1"));
    assertThat(accepted(attempt())).isTrue();
    publish("mail.test", NOBODYS);
    assertThat(failure().words()).contains("no TLSA record of mail.test matches it");
  }

  @Test
  void tlsa_records_may_be_shared_by_an_alias() {
    dns.with(place("mail.test"), "CNAME shared.test.");
    dns.with("shared.test", "TLSA " + NOBODYS);
    assertThat(failure().words()).contains("no TLSA record of mail.test matches it");
  }

  @Test
  void a_domain_without_mail_servers_is_protected_at_its_own_address() {
    publish("mail.test", NOBODYS);
    assertThat(failure(attempt("anna@mail.test")).words()).contains("no TLSA record");
  }

  @Test
  void a_match_meets_what_the_operator_demands_and_mere_encryption_does_not() {
    publish("mail.test", ServerKeys.SELF_SIGNED.tlsa("3 1 1"));
    assertThat(accepted(attempt("anna@bank.example", "tls-required", "bank.example"))).isTrue();
    dns.without(place("mail.test"), "TLSA");
    publish("mail.test", "0 0 1 " + "ab".repeat(32));
    assertThat(failure(attempt("anna@bank.example", "tls-required", "bank.example")).words())
        .contains("msc.tls-required", "signed by the server itself");
  }

  @Test
  void a_policy_that_the_server_does_not_keep_does_not_outweigh_a_match() {
    dns.with("_mta-sts.bank.example", "TXT \"v=STSv1; id=2026;\"");
    publish("mail.test", ServerKeys.SELF_SIGNED.tlsa("3 1 1"));
    AttemptReport report = attempt("anna@bank.example", "mta-sts", "on");
    assertThat(accepted(report)).isTrue();
    assertThat(dns.questions()).noneMatch(question -> question.startsWith("_mta-sts."));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "off"})
  void nothing_is_asked_for_unless_it_is_switched_on(String setting) {
    publish("mail.test", NOBODYS);
    AttemptReport report = attempt("anna@bank.example", "dane", setting);
    assertThat(accepted(report)).isTrue();
    assertThat(dns.questions())
        .noneMatch(question -> question.endsWith("TLSA"))
        .noneMatch(question -> question.endsWith("DNSKEY"))
        .noneMatch(question -> question.endsWith("DS"));
  }

  @Test
  void it_cannot_be_kept_through_a_smart_host() {
    assertRefused("dane", "dane", "on", "smart-host", "127.0.0.1");
  }

  @Test
  void what_is_no_file_of_trust_anchors_stops_the_start() throws IOException {
    assertRefused("dane-trust-anchors", "dane", "on", "dane-trust-anchors", "/nowhere/anchors");
    assertRefused("dane-trust-anchors", "dane", "on", "dane-trust-anchors", "a\0b");
    String elsewhere =
        Files.writeString(folder.resolve("corp.zone"), "corp. IN DS 1 13 2 " + "ab".repeat(32))
            .toString();
    assertRefused("dane-trust-anchors", "dane", "on", "dane-trust-anchors", elsewhere);
    assertThatThrownBy(() -> world.provider("dane", "on", "dane-trust-anchors", elsewhere))
        .hasMessageContaining("it holds no key of the root zone")
        .hasMessageContaining("or switch msc.dane off");
  }

  @Test
  void without_a_file_the_keys_of_the_root_zone_count() {
    assertThat(failure(attempt("anna@bank.example", "dane-trust-anchors", "")).words())
        .contains("the answer is not validly signed (DNSSEC)");
  }

  private void assertRefused(String key, String... settings) {
    assertThatThrownBy(() -> world.provider(settings))
        .isInstanceOfSatisfying(
            InvalidSettingException.class, e -> assertThat(e.key()).isEqualTo(key));
  }

  private void assertBarred(String why) {
    Failure failure = failure();
    assertThat(failure.cause()).isEqualTo(Cause.TLS_FAILURE);
    assertThat(failure.remoteHost()).contains("mail.test");
    assertThat(failure.words())
        .startsWith("DNS did not tell safely what mail.test demands (DANE, TLSA of ")
        .contains(why, "Nothing was sent to it", "msc.dns-server");
    assertThat(server.connections()).isZero();
  }

  private void publish(String host, String record) {
    dns.with(place(host), "TLSA " + record);
  }

  private String place(String host) {
    return "_%d._tcp.%s".formatted(server.port(), host);
  }

  private Failure failure() {
    return failure(attempt());
  }

  private static Failure failure(AttemptReport report) {
    return report.outcomes().values().stream()
        .map(
            outcome ->
                switch (outcome) {
                  case Outcome.Deferred(var failure, _, _) -> failure;
                  default -> throw new AssertionError("not deferred: " + outcome);
                })
        .findFirst()
        .orElseThrow();
  }

  private static boolean accepted(AttemptReport report) {
    return report.outcomes().values().stream().allMatch(Outcome.Accepted.class::isInstance);
  }

  private static Optional<String> problem(AttemptReport report) {
    return report
        .nextHop()
        .map(NextHop::security)
        .flatMap(
            security ->
                switch (security) {
                  case NextHop.Security.Encrypted(_, var problem) -> problem;
                  case NextHop.Security.Plain _ -> Optional.empty();
                });
  }

  private AttemptReport attempt() {
    return attempt("anna@bank.example");
  }

  private AttemptReport attempt(String recipient, String... settings) {
    Map<String, String> all = new HashMap<>();
    all.put("dns-server", dns.address().toString());
    all.put("port", String.valueOf(server.port()));
    all.put("command-timeout", "30s");
    all.put("authorities", ServerKeys.authority());
    all.put("mta-sts", "off");
    all.put("dane", "on");
    all.put("dane-trust-anchors", dns.trustAnchors(folder).toString());
    for (int i = 0; i < settings.length; i += 2) {
      all.put(settings[i], settings[i + 1]);
    }
    try (MscProvider provider =
        world.provider(
            all.entrySet().stream()
                .flatMap(one -> Stream.of(one.getKey(), one.getValue()))
                .toArray(String[]::new))) {
      return provider
          .transport()
          .attempt(TestWorld.dispatch(recipient), TestWorld.CHANNEL, _ -> Permission.GO);
    }
  }

  private void serve(ServerKeys keys) {
    ScriptedServer before = server;
    server = new ScriptedServer(Opening.IN_CLEAR, keys);
    server.follow(Script.say(Step.EHLO, "250-mail.test\r\n250 STARTTLS"));
    before.close();
  }
}
