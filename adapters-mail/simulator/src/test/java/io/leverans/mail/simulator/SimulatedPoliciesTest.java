package io.leverans.mail.simulator;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatedPoliciesTest {
  private static SimulatedWorld world;

  @BeforeAll
  static void open() throws IOException {
    world = SimulatedWorld.start(WorldSettings.defaults());
  }

  @AfterAll
  static void close() {
    world.close();
  }

  @ParameterizedTest
  @EnumSource
  void each_domain_serves_its_policy_over_a_certificate_for_its_host(PolicyDomain domain)
      throws Exception {
    assertThat(answer(domain.policyHost(), "/.well-known/mta-sts.txt"))
        .startsWith("HTTP/1.1 200 OK")
        .containsIgnoringCase("Content-Type: text/plain")
        .endsWith(domain.policy());
  }

  @Test
  void nothing_else_lies_there() throws Exception {
    assertThat(answer(PolicyDomain.STRICT.policyHost(), "/")).startsWith("HTTP/1.1 404");
  }

  @Test
  void the_mail_server_proves_itself_under_one_name() throws Exception {
    handshake("mx.strict.test");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mx.strict-unproved.test", "mx.example.org"})
  void and_under_no_other(String host) {
    assertThatThrownBy(() -> handshake(host)).isInstanceOf(SSLHandshakeException.class);
  }

  private static String answer(String host, String path) throws Exception {
    try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), world.policies().port());
        SSLSocket socket = encrypted(plain, host)) {
      socket
          .getOutputStream()
          .write(
              "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
                  .formatted(path, host)
                  .getBytes(US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    }
  }

  private static void handshake(String host) throws Exception {
    try (RawClient client = RawClient.greeted(world)) {
      assertThat(client.command("STARTTLS")).startsWith("220");
      encrypted(client.socket(), host).close();
    }
  }

  private static SSLSocket encrypted(Socket plain, String host)
      throws GeneralSecurityException, IOException {
    var socket =
        (SSLSocket)
            CompanyClient.trusting(world.policies().authorityCertificate())
                .createSocket(plain, host, plain.getPort(), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    parameters.setServerNames(List.of(new SNIHostName(host)));
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }
}
