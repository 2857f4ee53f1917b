package io.leverans.mail.simulator;

import io.leverans.mail.simulator.web.WebAnswer;
import io.leverans.mail.simulator.web.WebRequest;
import io.leverans.mail.simulator.web.WebServer;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/**
 * The policies of the domains that publish one, and the host that serves them all over HTTPS. An
 * authority of the world vouches for it, and for the mail server of the one domain whose server
 * proves itself. Safe for use by many threads.
 */
public final class SimulatedPolicies {
  private static final String PROVED_SERVER = "mx." + PolicyDomain.STRICT.domain();
  private static final String PATH = "/.well-known/mta-sts.txt";

  private final IssuedCertificates certificates;
  private final WebServer web;

  private SimulatedPolicies(IssuedCertificates certificates, WebServer web) {
    this.certificates = certificates;
    this.web = web;
  }

  static SimulatedPolicies start(Zone zone, Instant now)
      throws IOException, GeneralSecurityException {
    List<String> hosts =
        Stream.concat(
                Stream.of(PROVED_SERVER),
                Arrays.stream(PolicyDomain.values()).map(PolicyDomain::policyHost))
            .toList();
    IssuedCertificates certificates = IssuedCertificates.create("the world's", hosts, now);
    WebServer web = WebServer.startEncrypted(certificates.context(), SimulatedPolicies::answer);
    for (PolicyDomain domain : PolicyDomain.values()) {
      zone.publishTxt(domain.announcedAt(), "v=STSv1; id=1;");
      zone.publishAddress(domain.policyHost(), Zone.LOOPBACK);
    }
    return new SimulatedPolicies(certificates, web);
  }

  private static WebAnswer answer(WebRequest request) {
    String host = request.header("Host").map(text -> text.split(":", 2)[0]).orElse("");
    return Arrays.stream(PolicyDomain.values())
        .filter(domain -> domain.policyHost().equals(host) && request.path().equals(PATH))
        .findFirst()
        .map(
            domain ->
                new WebAnswer.Reply(
                    200, Map.of("Content-Type", "text/plain; charset=utf-8"), domain.policy()))
        .orElseGet(() -> WebAnswer.empty(404));
  }

  /** What the mail server of all domains encrypts with: it proves itself under one name only. */
  SSLContext mailServers(ServerNameKeys.Identity usual) throws GeneralSecurityException {
    var proved =
        new ServerNameKeys.Identity(
            certificates.key(), List.of(certificates.server(), certificates.authority()));
    return ServerNameKeys.context(PROVED_SERVER, proved, usual);
  }

  /** The port on 127.0.0.1 that all policies are served from. */
  public int port() {
    return web.address().getPort();
  }

  /** The certificate of the authority that vouches, PEM: who trusts it can fetch them. */
  public String authorityCertificate() {
    return IssuedCertificates.pem(certificates.authority());
  }

  void close() {
    web.close();
  }
}
