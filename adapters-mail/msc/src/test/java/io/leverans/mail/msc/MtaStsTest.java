package io.leverans.mail.msc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.leverans.domain.delivery.AttemptReport;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.HandOver.Permission;
import io.leverans.domain.delivery.LaneSign;
import io.leverans.domain.delivery.NextHop;
import io.leverans.domain.delivery.Outcome;
import io.leverans.mail.conversation.Script;
import io.leverans.mail.conversation.Script.Step;
import io.leverans.mail.conversation.ScriptedServer;
import io.leverans.mail.conversation.ScriptedServer.Opening;
import io.leverans.mail.conversation.ServerKeys;
import io.leverans.mail.conversation.TestDns;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With a name server, a policy's host and a mail server on sockets of their own. */
class MtaStsTest {
  private static final String ENFORCED =
      "version: STSv1\r\nmode: enforce\r\nmx: mail.test\r\nmax_age: 86400\r\n";

  private final TestWorld world = new TestWorld();
  private final TestDns dns =
      new TestDns()
          .with("bank.example", "MX 10 mail.test.")
          .with("_mta-sts.bank.example", "TXT \"v=STSv1; id=2026;\"")
          .with("mta-sts.bank.example", "A 127.0.0.1")
          .with("mail.test", "A 127.0.0.1")
          .with("other.test", "A 127.0.0.1");
  private final AtomicInteger fetches = new AtomicInteger();
  private ScriptedServer server = new ScriptedServer();
  private HttpsServer policies;
  private volatile HttpHandler answer = HttpExchange::close;

  @BeforeEach
  void open() throws IOException {
    serveMail(ServerKeys.OF_THE_COMPANY);
    servePolicies(ServerKeys.OF_POLICY_HOSTS);
    answer(200, "text/plain; charset=utf-8", ENFORCED);
  }

  @AfterEach
  void close() {
    policies.stop(0);
    dns.close();
    server.close();
  }

  @Test
  void a_server_that_the_policy_names_and_that_proves_itself_gets_the_mail() {
    AttemptReport report = attempt();
    assertThat(report.outcomes().values()).hasOnlyElementsOfType(Outcome.Accepted.class);
    assertThat(report.nextHop().map(NextHop::security))
        .contains(new NextHop.Security.Encrypted("TLSv1.3", Optional.empty()));
    assertThat(report.transcript())
        .anyMatch(line -> line.contains("The MTA-STS policy of bank.example (enforce) demands"));
    assertThat(fetches).hasValue(1);
  }

  @Test
  void one_that_does_not_prove_itself_gets_nothing_and_the_mail_waits() {
    serveMail(ServerKeys.SELF_SIGNED);
    assertThat(failure().words())
        .contains("The MTA-STS policy of bank.example (enforce)", "certificate of mail.test")
        .contains("signed by the server itself", "tell the recipient's postmaster");
    assertThat(server.messages()).isEmpty();
  }

  @Test
  void one_without_encryption_gets_nothing() {
    server.follow(Script.POLITE);
    assertThat(failure().words()).contains("mail.test offers no encryption");
    assertThat(server.messages()).isEmpty();
  }

  @Test
  void a_server_that_the_policy_does_not_name_is_passed_over() {
    dns.with("bank.example", "MX 5 other.test.");
    AttemptReport report = attempt();
    assertThat(report.outcomes().values()).hasOnlyElementsOfType(Outcome.Accepted.class);
    assertThat(report.nextHop().map(NextHop::host)).contains("mail.test");
    assertThat(server.connections()).isEqualTo(1);
  }

  @Test
  void so_is_one_without_an_address_which_is_not_asked_for() {
    dns.with("bank.example", "MX 15 nowhere.test.");
    answer(200, "text/plain", ENFORCED.replace("mail.test", "*.bank.example"));
    assertThat(attempt().outcomes().values())
        .allSatisfy(
            outcome ->
                assertThat(outcome)
                    .isInstanceOfSatisfying(
                        Outcome.Deferred.class,
                        deferred -> {
                          assertThat(deferred.failure().cause()).isEqualTo(Cause.TLS_FAILURE);
                          assertThat(deferred.sign()).isEqualTo(LaneSign.NOTHING);
                        }));
  }

  @Test
  void where_the_policy_names_no_server_that_dns_names_the_mail_waits() {
    answer(200, "text/plain", ENFORCED.replace("mail.test", "*.bank.example"));
    Failure failure = failure();
    assertThat(failure.words())
        .contains("The MTA-STS policy of bank.example (enforce) does not name mail.test");
    assertThat(failure.remoteHost()).contains("mail.test");
    assertThat(server.connections()).isZero();
  }

  @Test
  void a_server_that_refuses_everything_beside_one_that_is_passed_over_fails_nothing_for_good() {
    dns.with("bank.example", "MX 15 other.test.");
    server.follow(Script.say(Step.CONNECTED, "554 5.3.2 no mail here"));
    assertThat(failure().cause()).isEqualTo(Cause.TLS_FAILURE);
  }

  @ParameterizedTest
  @CsvSource({
    "mail.test, SELF_SIGNED, signed by the server itself",
    "else.test, OF_THE_COMPANY, does not name it",
  })
  void a_policy_on_trial_only_tells_what_it_would_have_refused(
      String named, ServerKeys keys, String why) {
    answer(200, "text/plain", ENFORCED.replace("enforce", "testing").replace("mail.test", named));
    serveMail(keys);
    AttemptReport report = attempt();
    assertThat(report.outcomes().values()).hasOnlyElementsOfType(Outcome.Accepted.class);
    assertThat(report.transcript())
        .anyMatch(
            line ->
                line.startsWith("* The MTA-STS policy of bank.example (testing) would have refused")
                    && line.contains(why));
  }

  @ParameterizedTest
  @CsvSource({
    "301, text/plain, status 301",
    "404, text/plain, status 404",
    "200, text/html, text/plain",
  })
  void what_is_no_policy_demands_nothing_and_is_told(int status, String mediaType, String why) {
    serveMail(ServerKeys.SELF_SIGNED);
    answer(status, mediaType, ENFORCED);
    AttemptReport report = attempt();
    assertThat(report.outcomes().values()).hasOnlyElementsOfType(Outcome.Accepted.class);
    assertThat(report.transcript())
        .anyMatch(
            line ->
                line.startsWith("* the MTA-STS policy of bank.example could")
                    && line.contains(why));
    assertThat(fetches).hasValue(1);
  }

  @ParameterizedTest
  @CsvSource({"SELF_SIGNED, signed by the server itself", "OF_THE_COMPANY, not for mta-sts.bank"})
  void a_host_that_does_not_prove_itself_has_no_policy(ServerKeys keys, String why)
      throws Exception {
    policies.stop(0);
    servePolicies(keys);
    answer(200, "text/plain", ENFORCED);
    assertThat(attempt().transcript()).anyMatch(line -> line.contains(why));
    assertThat(fetches).hasValue(0);
  }

  @Test
  void a_policy_is_not_fetched_from_a_network_of_our_own() {
    AttemptReport report = attempt("mta-sts-networks", "public");
    assertThat(report.outcomes().values()).hasOnlyElementsOfType(Outcome.Accepted.class);
    assertThat(report.transcript()).anyMatch(line -> line.contains("may not be connected to"));
    assertThat(fetches).hasValue(0);
  }

  @Test
  void a_deployment_can_do_without() {
    serveMail(ServerKeys.SELF_SIGNED);
    assertThat(attempt("mta-sts", "off").outcomes().values())
        .hasOnlyElementsOfType(Outcome.Accepted.class);
    assertThat(dns.questions()).noneMatch(question -> question.startsWith("_mta-sts."));
  }

  @Test
  void a_domain_without_a_policy_is_asked_for_none() {
    dns.with("shop.example", "MX 10 mail.test.").with("mta-sts.shop.example", "A 127.0.0.1");
    serveMail(ServerKeys.SELF_SIGNED);
    try (MscProvider provider = provider()) {
      assertThat(attempt(provider, "anna@shop.example").outcomes().values())
          .hasOnlyElementsOfType(Outcome.Accepted.class);
    }
    assertThat(fetches).hasValue(0);
  }

  private Failure failure() {
    return attempt().outcomes().values().stream()
        .map(
            outcome ->
                switch (outcome) {
                  case Outcome.Deferred(var failure, _, _) -> failure;
                  default -> throw new AssertionError("not deferred: " + outcome);
                })
        .findFirst()
        .orElseThrow();
  }

  private AttemptReport attempt(String... settings) {
    try (MscProvider provider = provider(settings)) {
      return attempt(provider, "anna@bank.example");
    }
  }

  private static AttemptReport attempt(MscProvider provider, String recipient) {
    return provider
        .transport()
        .attempt(TestWorld.dispatch(recipient), TestWorld.CHANNEL, _ -> Permission.GO);
  }

  private MscProvider provider(String... settings) {
    Map<String, String> all = new HashMap<>();
    all.put("dns-server", dns.address().toString());
    all.put("port", String.valueOf(server.port()));
    all.put("mta-sts-port", String.valueOf(policies.getAddress().getPort()));
    all.put("mta-sts-networks", "127.0.0.0/8");
    all.put("command-timeout", "30s");
    all.put("authorities", ServerKeys.authority() + ServerKeys.OF_POLICY_HOSTS.certificate());
    for (int i = 0; i < settings.length; i += 2) {
      all.put(settings[i], settings[i + 1]);
    }
    return world.provider(
        all.entrySet().stream()
            .flatMap(one -> Stream.of(one.getKey(), one.getValue()))
            .toArray(String[]::new));
  }

  private void serveMail(ServerKeys keys) {
    server.close();
    server = new ScriptedServer(Opening.IN_CLEAR, keys);
    server.follow(Script.say(Step.EHLO, "250-mail.test\r\n250 STARTTLS"));
  }

  private void servePolicies(ServerKeys keys) throws IOException {
    policies = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    policies.setHttpsConfigurator(new HttpsConfigurator(keys.context()));
    policies.createContext("/.well-known/mta-sts.txt", exchange -> answer.handle(exchange));
    policies.start();
  }

  private void answer(int status, String mediaType, String body) {
    answer = exchange -> answer(exchange, status, mediaType, body);
  }

  private void answer(HttpExchange exchange, int status, String mediaType, String body)
      throws IOException {
    fetches.incrementAndGet();
    exchange.getResponseHeaders().set("Content-Type", mediaType);
    exchange.getResponseHeaders().set("Location", "/.well-known/mta-sts.txt");
    exchange.sendResponseHeaders(status, 0);
    exchange.getResponseBody().write(body.getBytes(UTF_8));
    exchange.close();
  }
}
