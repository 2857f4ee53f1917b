package io.leverans.mail.conversation;

import static io.leverans.mail.conversation.Correspondence.CONTENT;
import static io.leverans.mail.conversation.Correspondence.accepted;
import static io.leverans.mail.conversation.Correspondence.outcomeIn;
import static io.leverans.mail.conversation.Correspondence.securityOf;
import static io.leverans.mail.conversation.Correspondence.transaction;
import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.NextHop.Security;
import io.leverans.domain.delivery.Outcome;
import io.leverans.mail.conversation.ConversationOptions.Encryption;
import io.leverans.mail.conversation.ConversationOptions.Peer;
import io.leverans.mail.conversation.Script.Step;
import io.leverans.mail.conversation.ScriptedServer.Opening;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TLSARecord;
import org.xbill.DNS.Type;

/** DANE with servers on real sockets. */
class PublishedCertificatesTest {
  private static final Script OFFERS_TLS = Script.say(Step.EHLO, "250-mail.test\r\n250 STARTTLS");
  private static final Assurance AS_OPTIONS = new Assurance.AsOptions();
  private static final Assurance VERIFIED = new Assurance.Verified("The policy", "Ask.");
  private static final Assurance ENCRYPTED = new Assurance.Encrypted("DANE", "Ask bank.test.");
  private static final String NOBODYS = "3 1 1 " + "00".repeat(32);

  private Correspondence with = new Correspondence();

  @AfterEach
  void close() {
    with.close();
  }

  @ParameterizedTest
  @CsvSource({"3 0 0", "3 0 1", "3 0 2", "3 1 0", "3 1 1", "3 1 2"})
  void a_server_that_shows_the_certificate_that_is_published_gets_the_mail(String kind)
      throws Exception {
    serve(ServerKeys.SELF_SIGNED);
    Exchange exchange =
        exchange("mail.test", published(NOBODYS, ServerKeys.SELF_SIGNED.tlsa(kind)));
    assertThat(outcomeIn(exchange)).isEqualTo(accepted());
    assertThat(securityOf(exchange)).isEqualTo(new Security.Encrypted("TLSv1.3", Optional.empty()));
    assertThat(with.transcript().lines())
        .contains("* DANE for mail.test demands encryption and a certificate that matches");
  }

  @Test
  void name_and_age_of_the_servers_own_certificate_do_not_matter() throws Exception {
    serve(ServerKeys.EXPIRED);
    assertThat(outcomeIn(exchange("other.test", published(ServerKeys.EXPIRED.tlsa("3 1 1")))))
        .isEqualTo(accepted());
  }

  @ParameterizedTest
  @CsvSource({"3 0 1", "3 1 1", "3 1 2", "2 0 1"})
  void one_that_shows_another_gets_nothing_and_the_mail_waits(String kind) throws Exception {
    serve(ServerKeys.SELF_SIGNED);
    Exchange exchange = exchange("mail.test", published(ServerKeys.OF_THE_COMPANY.tlsa(kind)));
    assertThat(failureIn(exchange).words())
        .startsWith("DANE for mail.test demands encryption and a certificate that matches.")
        .contains("no TLSA record of mail.test matches it; its SHA-256 fingerprint is ")
        .endsWith("Nothing was sent to it. Ask bank.test.");
    assertThat(with.server().commands()).noneMatch(command -> command.startsWith("MAIL"));
    assertThat(with.server().connections()).isEqualTo(1);
  }

  @Test
  void a_certificate_that_an_authority_vouches_for_is_not_enough() throws Exception {
    serve(ServerKeys.OF_THE_COMPANY);
    assertThat(failureIn(exchange("mail.test", published(NOBODYS))).cause())
        .isEqualTo(Cause.TLS_FAILURE);
    assertThat(with.server().messages()).isEmpty();
  }

  @Test
  void a_server_without_encryption_gets_nothing() throws Exception {
    serve(ServerKeys.SELF_SIGNED);
    with.server().follow(Script.POLITE);
    for (Assurance assurance :
        List.of(published(ServerKeys.SELF_SIGNED.tlsa("3 1 1")), ENCRYPTED)) {
      assertThat(failureIn(exchange("mail.test", assurance)).words())
          .contains("mail.test offers no encryption (STARTTLS)");
    }
    assertThat(with.server().messages()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"2 0 0", "2 0 1", "2 0 2", "2 1 0", "2 1 1", "2 1 2"})
  void a_server_that_a_published_authority_vouches_for_gets_the_mail(String kind) throws Exception {
    serve(ServerKeys.OF_THE_COMPANY);
    Exchange exchange =
        exchange("mail.test", published(NOBODYS, ServerKeys.OF_THE_COMPANY.authoritysTlsa(kind)));
    assertThat(outcomeIn(exchange)).isEqualTo(accepted());
    assertThat(securityOf(exchange)).isEqualTo(new Security.Encrypted("TLSv1.3", Optional.empty()));
  }

  @Test
  void an_authority_vouches_for_names_only() throws Exception {
    serve(ServerKeys.OF_THE_COMPANY);
    String authority = ServerKeys.OF_THE_COMPANY.authoritysTlsa("2 0 1");
    assertThat(
            failureIn(exchange("other.test", published("other.test", List.of(authority)))).words())
        .contains("the certificate is not for other.test");
    assertThat(
            outcomeIn(
                exchange(
                    "other.test",
                    published("other.test", List.of(authority), "other.test", "mail.test"))))
        .isEqualTo(accepted());
  }

  @Test
  void an_authority_does_not_vouch_for_what_has_expired() throws Exception {
    serve(ServerKeys.EXPIRED);
    assertThat(
            failureIn(exchange("mail.test", published(ServerKeys.EXPIRED.authoritysTlsa("2 0 1"))))
                .words())
        .contains("expired");
  }

  @Test
  void the_servers_own_certificate_is_no_authority() throws Exception {
    serve(ServerKeys.OF_THE_COMPANY);
    assertThat(
            failureIn(exchange("mail.test", published(ServerKeys.OF_THE_COMPANY.tlsa("2 0 1"))))
                .words())
        .contains("no TLSA record of mail.test matches it");
  }

  @Test
  void where_only_encryption_is_demanded_any_certificate_will_do() throws Exception {
    serve(ServerKeys.EXPIRED);
    Exchange exchange = exchange("mail.test", ENCRYPTED);
    assertThat(outcomeIn(exchange)).isEqualTo(accepted());
    assertThat(securityOf(exchange))
        .isInstanceOfSatisfying(
            Security.Encrypted.class,
            encrypted -> assertThat(encrypted.certificateProblem()).isPresent());
    assertThat(with.transcript().lines()).contains("* DANE demands encryption");
  }

  @Test
  void a_kept_connection_serves_whoever_demands_what_it_proves_and_nobody_else() throws Exception {
    serve(ServerKeys.SELF_SIGNED);
    Assurance published = published(ServerKeys.SELF_SIGNED.tlsa("3 1 1"));
    for (Assurance assurance : List.of(AS_OPTIONS, published, ENCRYPTED, published)) {
      assertThat(outcomeIn(exchange("mail.test", assurance))).isEqualTo(accepted());
    }
    assertThat(with.server().connections()).isEqualTo(1);
    assertThat(failureIn(exchange("mail.test", VERIFIED)).words())
        .contains("signed by the server itself");
    assertThat(failureIn(exchange("mail.test", published(NOBODYS))).words())
        .contains("no TLSA record");
    assertThat(with.server().messages()).hasSize(4);
  }

  @Test
  void a_connection_that_was_opened_by_what_is_published_proves_nothing_else() throws Exception {
    serve(ServerKeys.SELF_SIGNED);
    Assurance published = published(ServerKeys.SELF_SIGNED.tlsa("3 1 1"));
    assertThat(outcomeIn(exchange("mail.test", published))).isEqualTo(accepted());
    assertThat(failureIn(exchange("mail.test", VERIFIED)).cause()).isEqualTo(Cause.TLS_FAILURE);
    assertThat(with.server().messages()).hasSize(1);
  }

  @Test
  void each_message_is_told_by_its_own_measure_on_a_connection_they_share() throws Exception {
    serve(ServerKeys.SELF_SIGNED);
    Assurance published = published(ServerKeys.SELF_SIGNED.tlsa("3 1 1"));
    assertThat(problemIn(exchange("mail.test", AS_OPTIONS))).isPresent();
    assertThat(problemIn(exchange("mail.test", published))).isEmpty();
    assertThat(problemIn(exchange("mail.test", AS_OPTIONS))).isPresent();
    assertThat(with.server().connections()).isEqualTo(1);
  }

  @Test
  void a_server_is_asked_for_by_the_name_that_its_certificates_are_published_under()
      throws Exception {
    serve(ServerKeys.SELF_SIGNED);
    Exchange exchange =
        exchange(
            "alias.test", published("mail.test", List.of(ServerKeys.SELF_SIGNED.tlsa("3 1 1"))));
    assertThat(outcomeIn(exchange)).isEqualTo(accepted());
    assertThat(with.server().namesAskedFor()).containsExactly("mail.test");
  }

  @Test
  void of_two_digests_the_stronger_counts() throws Exception {
    serve(ServerKeys.SELF_SIGNED);
    String weaker = ServerKeys.SELF_SIGNED.tlsa("3 1 1");
    assertThat(
            failureIn(exchange("mail.test", published(weaker, "3 1 2 " + "00".repeat(64)))).cause())
        .isEqualTo(Cause.TLS_FAILURE);
    assertThat(
            outcomeIn(
                exchange(
                    "mail.test",
                    published(weaker, "3 0 2 " + "00".repeat(64), "2 1 2 " + "00".repeat(64)))))
        .isEqualTo(accepted());
  }

  @ParameterizedTest
  @CsvSource({
    "0 0 1, 32",
    "1 1 1, 32",
    "4 1 1, 32",
    "255 1 1, 32",
    "3 2 1, 32",
    "3 1 3, 32",
    "3 1 1, 31",
    "3 1 2, 32",
    "3 0 0, 40",
    "2 0 0, 40",
  })
  void a_record_of_another_kind_or_with_other_data_is_unusable(String kind, int octets) {
    assertThat(association(kind + " " + "ab".repeat(octets))).isEmpty();
  }

  private void serve(ServerKeys keys) throws CertificateException {
    with.close();
    with = new Correspondence(Opening.IN_CLEAR, keys);
    with.server().follow(OFFERS_TLS);
    var options =
        new ConversationOptions(
            "out.test",
            Timeouts.DEFAULT,
            Encryption.WHEN_OFFERED,
            new Trust.Anyone(Trust.Authorities.ofPem(ServerKeys.authority())),
            new Credentials.None(),
            Peer.STRANGER);
    with.use(new NextHopConnections(options, new PoolLimits(4, Duration.ofMinutes(1), 100)));
  }

  private static Assurance published(String... records) {
    return published("mail.test", List.of(records));
  }

  private static Assurance published(String server, List<String> records, String... names) {
    return new Assurance.Published(
        new PublishedCertificates(
            server,
            names.length == 0 ? List.of(server) : Arrays.asList(names),
            records.stream()
                .map(PublishedCertificatesTest::association)
                .map(Optional::orElseThrow)
                .toList()),
        "DANE for " + server,
        "Ask bank.test.");
  }

  private static Optional<CertificateAssociation> association(String record) {
    Name owner = Name.fromConstantString("_25._tcp.mail.test.");
    try {
      return CertificateAssociation.in(
          (TLSARecord) Record.fromString(owner, Type.TLSA, DClass.IN, 300, record, Name.root));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Exchange exchange(String host, Assurance assurance) {
    return with.connections()
        .exchange(
            with.address(host), assurance, transaction(CONTENT, "a"), with.go(), with.transcript());
  }

  private static Failure failureIn(Exchange exchange) {
    return switch (outcomeIn(exchange)) {
      case Outcome.Deferred(var failure, _, _) -> failure;
      case Outcome other -> throw new AssertionError("not deferred: " + other);
    };
  }

  private static Optional<String> problemIn(Exchange exchange) {
    return switch (securityOf(exchange)) {
      case Security.Encrypted(_, var problem) -> problem;
      case Security.Plain plain -> throw new AssertionError("not encrypted: " + plain);
    };
  }
}
