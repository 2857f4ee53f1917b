package io.leverans.mail.simulator;

import static io.leverans.mail.simulator.SimulatedCompany.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.BindException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatedCompanyTest {
  private static final String ADA = "ada@acme.test";

  private SimulatedWorld world;

  @BeforeEach
  void start() throws IOException {
    world = Samples.fastWorld();
  }

  @AfterEach
  void stop() {
    world.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PLAIN", "LOGIN"})
  void a_user_signs_in_over_starttls(String mechanism) throws Exception {
    CompanyClient.of(world).set("auth.mechanisms", mechanism).send(ADA, PASSWORD, "bob@c.test");

    assertThat(world.inbox().mailFor("bob@c.test")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PLAIN", "LOGIN"})
  void a_user_signs_in_over_a_connection_encrypted_at_once(String mechanism) throws Exception {
    CompanyClient.of(world)
        .encryptedAtOnce()
        .set("auth.mechanisms", mechanism)
        .send(ADA, PASSWORD, "bob@c.test");

    assertThat(world.inbox().mailFor("bob@c.test")).hasSize(1);
  }

  @Test
  void what_arrives_comes_from_the_company_without_a_via() throws Exception {
    CompanyClient.of(world).send(ADA, PASSWORD, "bob@c.test", "eve@d.test");

    ArrivedMail mail = world.inbox().mailFor("bob@c.test").getFirst();
    assertThat(mail.client()).isEqualTo("mail.company.test");
    assertThat(mail.returnPath()).isEqualTo(ADA);
    assertThat(mail.tls()).contains("TLSv1.3");
    assertThat(mail.reading().subject()).isEqualTo("Grüße");
    assertThat(mail.reading().dkim()).isEqualTo(new DkimVerdict.None());
    assertThat(mail.reading().via()).isEmpty();
    assertThat(world.inbox().arrivals(mail.messageId().orElseThrow()))
        .containsEntry("bob@c.test", 1)
        .containsEntry("eve@d.test", 1)
        .hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PLAIN", "LOGIN"})
  void a_wrong_password_is_refused(String mechanism) {
    assertThatThrownBy(
            () ->
                CompanyClient.of(world)
                    .set("auth.mechanisms", mechanism)
                    .send(ADA, "wrong", "bob@c.test"))
        .isInstanceOf(AuthenticationFailedException.class)
        .hasMessageContaining("535 5.7.8");
    assertThat(world.inbox().total()).isZero();
  }

  @Test
  void a_password_that_was_changed_holds_from_then_on() throws Exception {
    world.company().setPassword("Ada@acme.test", "secret");

    assertThatThrownBy(() -> CompanyClient.of(world).send(ADA, PASSWORD, "bob@c.test"))
        .isInstanceOf(AuthenticationFailedException.class);
    CompanyClient.of(world).send(ADA, "secret", "bob@c.test");
    CompanyClient.of(world).send("bob@acme.test", PASSWORD, "eve@c.test");
    assertThat(world.inbox().total()).isEqualTo(2);
  }

  @Test
  void who_does_not_trust_the_authority_does_not_connect() {
    assertThatThrownBy(() -> CompanyClient.ofStranger(world).send(ADA, PASSWORD, "bob@c.test"))
        .isInstanceOf(MessagingException.class)
        .hasRootCauseInstanceOf(CertPathBuilderException.class);
  }

  @ParameterizedTest
  @CsvSource({"mail.company.test, true", "127.0.0.1, true", "localhost, true", "a.test, false"})
  void the_certificate_is_valid_for_the_server_alone(String name, boolean valid) throws Exception {
    var server = world.company().tlsAddress();
    var plain = new Socket(server.getAddress(), server.getPort());
    try (var socket =
        (SSLSocket)
            CompanyClient.trusting(world.company().authorityCertificate())
                .createSocket(plain, name, server.getPort(), true)) {
      var parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
      if (valid) {
        socket.startHandshake();
        assertThat(socket.getSession().getPeerCertificates()[0])
            .isEqualTo(certificate(world.company().serverCertificate()));
      } else {
        assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLHandshakeException.class);
      }
    }
  }

  @Test
  void the_authority_may_vouch_and_the_server_may_not() throws Exception {
    X509Certificate authority = certificate(world.company().authorityCertificate());
    X509Certificate server = certificate(world.company().serverCertificate());

    assertThat(authority.getBasicConstraints()).isEqualTo(Integer.MAX_VALUE);
    assertThat(server.getBasicConstraints()).isEqualTo(-1);
    assertThat(server.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
    server.verify(authority.getPublicKey());
    server.checkValidity();
  }

  private static X509Certificate certificate(String pem) throws Exception {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
  }

  @Test
  void signing_in_is_offered_over_an_encrypted_connection_only() throws IOException {
    try (RawClient client = RawClient.connect(world.company().startTlsAddress())) {
      assertThat(client.reply()).startsWith("220 mail.company.test");
      assertThat(client.command("EHLO client.test"))
          .contains("250-STARTTLS", "250-SIZE 52428800", "250-SMTPUTF8")
          .doesNotContain("AUTH");
      assertThat(client.command("AUTH PLAIN " + plain(ADA, PASSWORD))).startsWith("538 5.7.11");
      assertThat(client.command("MAIL FROM:<ada@acme.test>"))
          .isEqualTo("530 5.7.0 Authentication required");
      assertThat(client.command("MAIL FROM:<ada@acme.test> AUTH=<>")).startsWith("555 5.5.4");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          AUTH CRAM-MD5         | 504 5.5.4
          AUTH XOAUTH2 dXNlcg== | 501 5.5.2
          AUTH                  | 504 5.5.4
          AUTH PLAIN !          | 501 5.5.2
          AUTH PLAIN YWRh       | 501 5.5.2
          AUTH LOGIN !          | 501 5.5.2
          AUTH PLAIN            | 334
          """)
  void an_odd_sign_in_gets_this_answer(String command, String answer) throws IOException {
    try (SimulatedWorld open = Samples.worldThatSignsInClear();
        RawClient client = RawClient.greeted(open.company())) {
      assertThat(client.command(command)).startsWith(answer);
    }
  }

  @Test
  void a_sign_in_may_be_cancelled_and_begun_anew() throws IOException {
    try (SimulatedWorld open = Samples.worldThatSignsInClear();
        RawClient client = RawClient.greeted(open.company())) {
      assertThat(client.command("AUTH LOGIN")).isEqualTo("334 VXNlcm5hbWU6");
      assertThat(client.command("*")).startsWith("501 5.7.0");
      assertThat(client.command("AUTH PLAIN")).isEqualTo("334 ");
      client.say("x".repeat(50_000) + "\r\n");
      assertThat(client.reply()).startsWith("501 5.5.2");
      assertThat(client.command("AUTH PLAIN " + plain(ADA, PASSWORD))).startsWith("235 2.7.0");
      assertThat(client.command("AUTH PLAIN " + plain(ADA, PASSWORD))).startsWith("503");
      assertThat(client.command("MAIL FROM:<ada@acme.test> AUTH=<>")).startsWith("250");
      assertThat(client.command("AUTH LOGIN")).startsWith("503");
    }
  }

  @Test
  void who_keeps_guessing_is_sent_away() throws IOException {
    try (SimulatedWorld open = Samples.worldThatSignsInClear();
        RawClient client = RawClient.greeted(open.company())) {
      for (int i = 1; i < 10; i++) {
        assertThat(client.command("AUTH PLAIN " + plain(ADA, "guess" + i))).startsWith("535 5.7.8");
      }
      assertThat(client.command("AUTH PLAIN " + plain(ADA, "guess"))).startsWith("421 4.7.0");
      assertThatThrownBy(client::reply).isInstanceOf(EOFException.class);
    }
  }

  @Test
  void a_client_that_speaks_in_clear_to_the_encrypted_port_is_not_served() throws IOException {
    try (RawClient client = RawClient.connect(world.company().tlsAddress())) {
      client.say("EHLO client.test\r\n");

      assertThat(alertOrEnd(client)).doesNotContain("220", "250");
    }
    try (RawClient client = RawClient.connect(world.company().startTlsAddress())) {
      assertThat(client.reply()).startsWith("220");
    }
  }

  private static String alertOrEnd(RawClient client) {
    try {
      return client.reply();
    } catch (IOException ended) {
      return String.valueOf(ended.getMessage());
    }
  }

  @Test
  void what_was_said_before_the_handshake_is_forgotten() throws Exception {
    try (SimulatedWorld open = Samples.worldThatSignsInClear();
        RawClient client = RawClient.greeted(open.company())) {
      client.command("AUTH PLAIN " + plain(ADA, PASSWORD));
      assertThat(client.command("STARTTLS")).startsWith("220");
      var factory = CompanyClient.trusting(open.company().authorityCertificate());
      try (RawClient secure = client.encrypted(factory)) {
        assertThat(secure.command("MAIL FROM:<ada@acme.test>")).startsWith("503");
        secure.command("EHLO client.test");
        assertThat(secure.command("MAIL FROM:<ada@acme.test>")).startsWith("530");
      }
    }
  }

  @Test
  void fixed_ports_are_kept_and_a_taken_one_stops_the_start() {
    int startTls = world.company().startTlsAddress().getPort();
    int tls = world.company().tlsAddress().getPort();
    world.close();
    var settings =
        WorldSettings.defaults().withCompany(CompanySettings.defaults().withPorts(startTls, tls));

    try (SimulatedWorld again = SimulatedWorld.start(settings)) {
      assertThat(again.company().startTlsAddress().getPort()).isEqualTo(startTls);
      assertThat(again.company().tlsAddress().getPort()).isEqualTo(tls);
      assertThatThrownBy(() -> SimulatedWorld.start(settings)).isInstanceOf(BindException.class);
    } catch (IOException trouble) {
      throw new AssertionError(trouble);
    }
  }

  static String plain(String user, String password) {
    byte[] message = ("\0" + user + '\0' + password).getBytes(StandardCharsets.UTF_8);
    return Base64.getEncoder().encodeToString(message);
  }
}
