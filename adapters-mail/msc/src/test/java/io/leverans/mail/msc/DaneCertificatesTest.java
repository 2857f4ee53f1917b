package io.leverans.mail.msc;

import static io.leverans.mail.msc.DaneWorld.accepted;
import static io.leverans.mail.msc.DaneWorld.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.domain.delivery.AttemptReport;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.NextHop;
import io.leverans.mail.conversation.Script;
import io.leverans.mail.conversation.ServerKeys;
import io.leverans.mail.conversation.SignedDns;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is demanded of a server for which signed DNS publishes certificates, and who meets it. */
class DaneCertificatesTest {
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
  void a_server_that_shows_the_certificate_that_is_published_gets_the_mail() {
    world.publish("mail.test", ServerKeys.SELF_SIGNED.tlsa("3 1 1"));
    AttemptReport report = world.attempt();
    assertThat(accepted(report)).isTrue();
    assertThat(report.nextHop().map(NextHop::security))
        .contains(new NextHop.Security.Encrypted("TLSv1.3", Optional.empty()));
    assertThat(report.transcript())
        .anyMatch(
            line ->
                line.equals(
                    "* DANE (TLSA of %s) demands encryption and a certificate that matches"
                        .formatted(world.place("mail.test"))));
  }

  @Test
  void one_that_shows_another_gets_nothing_and_the_mail_waits() {
    world.publish("mail.test", DaneWorld.NOBODYS);
    Failure failure = world.failure();
    assertThat(failure.cause()).isEqualTo(Cause.TLS_FAILURE);
    assertThat(failure.remoteHost()).contains("mail.test");
    assertThat(failure.words())
        .contains("DANE (TLSA of " + world.place("mail.test") + ") demands encryption")
        .contains("no TLSA record of mail.test matches it; its SHA-256 fingerprint is")
        .contains("tell the recipient's postmaster by another way");
    assertThat(world.server().messages()).isEmpty();
    assertThat(world.server().commands()).noneMatch(command -> command.startsWith("MAIL"));
  }

  @Test
  void one_without_encryption_gets_nothing() {
    world.publish("mail.test", ServerKeys.SELF_SIGNED.tlsa("3 1 1"));
    world.server().follow(Script.POLITE);
    assertThat(world.failure().words()).contains("mail.test offers no encryption");
    assertThat(world.server().messages()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"bank.example, mail.test", "bank.example, alias.test", "mail.test, mail.test"})
  void a_published_authority_vouches_for_the_server_by_its_names(String domain, String host) {
    dns.with("alias.test", "CNAME mail.test.").without("bank.example", "MX");
    dns.with("bank.example", "MX 10 " + host + ".");
    world.serve(ServerKeys.OF_THE_COMPANY);
    world.publish("mail.test", ServerKeys.OF_THE_COMPANY.authoritysTlsa("2 0 1"));
    assertThat(accepted(world.attempt("anna@" + domain))).isTrue();
    assertThat(world.server().namesAskedFor()).containsExactly("mail.test");
  }

  @Test
  void an_authority_does_not_vouch_for_a_server_of_another_name() {
    dns.without("bank.example", "MX").with("bank.example", "MX 10 other.test.");
    dns.with("other.test", "A 127.0.0.1");
    world.serve(ServerKeys.OF_THE_COMPANY);
    world.publish("other.test", ServerKeys.OF_THE_COMPANY.authoritysTlsa("2 0 1"));
    assertThat(world.failure().words())
        .contains("the certificate is not for other.test or bank.example; it is for mail.test");
    assertThat(world.server().messages()).isEmpty();
  }

  @Test
  void a_certificate_for_the_recipients_domain_will_do() {
    dns.with("mail.test", "MX 10 other.test.").with("other.test", "A 127.0.0.1");
    world.serve(ServerKeys.OF_THE_COMPANY);
    world.publish("other.test", ServerKeys.OF_THE_COMPANY.authoritysTlsa("2 0 1"));
    assertThat(accepted(world.attempt("anna@mail.test"))).isTrue();
  }

  @Test
  void a_server_for_which_nothing_is_published_gets_the_mail_as_ever() {
    AttemptReport report = world.attempt();
    assertThat(accepted(report)).isTrue();
    assertThat(problem(report)).contains("the certificate is signed by the server itself");
    assertThat(dns.questions()).contains(world.place("mail.test") + ". TLSA");
    world.server().follow(Script.POLITE);
    assertThat(accepted(world.attempt())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0 0 1 ", "1 1 1 ", "3 1 9 ", "3 1 2 "})
  void where_nothing_usable_is_published_only_encryption_is_demanded(String kind) {
    world.publish("mail.test", kind + "ab".repeat(32));
    AttemptReport report = world.attempt();
    assertThat(accepted(report)).isTrue();
    assertThat(problem(report)).contains("the certificate is signed by the server itself");
    world.server().follow(Script.POLITE);
    assertThat(world.failure().words())
        .contains("none of them usable) demands encryption. mail.test offers no encryption");
    assertThat(world.server().messages()).hasSize(1);
  }

  @Test
  void a_match_meets_what_the_operator_demands_and_mere_encryption_does_not() {
    world.publish("mail.test", ServerKeys.SELF_SIGNED.tlsa("3 1 1"));
    assertThat(accepted(world.attempt("anna@bank.example", "tls-required", "bank.example")))
        .isTrue();
    dns.without(world.place("mail.test"), "TLSA");
    world.publish("mail.test", "0 0 1 " + "ab".repeat(32));
    assertThat(world.failure("anna@bank.example", "tls-required", "bank.example").words())
        .contains("msc.tls-required", "signed by the server itself");
  }

  @Test
  void a_policy_that_the_server_does_not_keep_does_not_outweigh_a_match() {
    dns.with("_mta-sts.bank.example", "TXT \"v=STSv1; id=2026;\"");
    world.publish("mail.test", ServerKeys.SELF_SIGNED.tlsa("3 1 1"));
    AttemptReport report = world.attempt("anna@bank.example", "mta-sts", "on");
    assertThat(accepted(report)).isTrue();
    assertThat(dns.questions()).noneMatch(question -> question.startsWith("_mta-sts."));
  }
}
