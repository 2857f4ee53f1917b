package io.leverans.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.message.Octets;
import io.leverans.web.sandbox.SandboxAccounts;
import io.leverans.web.sandbox.SandboxInbox;
import io.leverans.web.sandbox.SandboxMailServers;
import io.leverans.web.sandbox.SandboxView;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the simulated world shows, and the process of itself. */
class SandboxReadingTest {
  private final TestApi api = new TestApi();

  @AfterEach
  void stop() {
    api.close();
  }

  private void assertDescribed(String schema, Answer answer, String pointer) {
    new ApiDescription(api.get("/openapi.yaml").text())
        .assertDescribes(schema, answer.json().at(pointer));
  }

  @Test
  void the_sandbox_shows_what_arrived() {
    var asked = new ArrayList<Optional<EmailAddress>>();
    var arrival =
        new SandboxInbox.Arrival(
            Samples.NOON,
            "b.token@bounces.example",
            "bert@recipient.example",
            "Anna <anna@sender.example>",
            "Hello",
            "Hi",
            new SandboxInbox.Dkim(SandboxInbox.Verdict.PASS, List.of("platform.example"), ""),
            Optional.of("platform.example"),
            Octets.of(new byte[] {'A', (byte) 0xe5}));
    api.mode = Mode.SANDBOX;
    api.sandbox =
        Optional.of(
            new SandboxView(
                (address, _) -> {
                  asked.add(address);
                  return List.of(arrival);
                },
                List::of,
                List::of,
                new DomainSamples.NoRecords()));
    var answer = api.get("/sandbox/inbox?address=bert%40recipient.example");
    assertThat(answer.status()).isEqualTo(200);
    assertDescribed("Arrival", answer, "/items/0");
    assertThat(answer.at("/items/0/raw")).isEqualTo("Aå");
    assertThat(answer.at("/items/0/dkim/verdict")).isEqualTo("pass");
    assertThat(answer.at("/items/0/via")).isEqualTo("platform.example");
    assertThat(asked).containsExactly(Optional.of(Samples.BERT));
    assertThat(api.get("/sandbox/inbox?address=x").at("/parameter")).isEqualTo("address");
  }

  @Test
  void the_sandbox_shows_which_mail_servers_there_are_to_connect() {
    var server =
        new SandboxMailServers.MailServer(
            "mail.company.example",
            40_587,
            40_465,
            "anna@company.example",
            "simulated",
            "-----BEGIN CERTIFICATE-----\n",
            List.of(new SandboxMailServers.Quirk("locked@company.example", "takes nobody")));
    api.mode = Mode.SANDBOX;
    api.sandbox =
        Optional.of(
            new SandboxView(
                (_, _) -> List.of(),
                () -> List.of(server),
                List::of,
                new DomainSamples.NoRecords()));
    var answer = api.get("/sandbox/mail-servers");
    assertThat(answer.status()).isEqualTo(200);
    assertDescribed("SandboxMailServer", answer, "/items/0");
    assertThat(answer.at("/items/0/startTlsPort")).isEqualTo("40587");
    assertThat(answer.at("/items/0/quirks/0/what")).isEqualTo("takes nobody");
  }

  @Test
  void the_sandbox_shows_which_accounts_there_are_to_connect() {
    var provider =
        new SandboxAccounts.Provider(
            "Example",
            "account",
            URI.create("http://127.0.0.1:8480/connections"),
            List.of(new SandboxAccounts.Account("anna@company.example", "takes all mail")));
    api.mode = Mode.SANDBOX;
    api.sandbox =
        Optional.of(
            new SandboxView(
                (_, _) -> List.of(),
                List::of,
                () -> List.of(provider),
                new DomainSamples.NoRecords()));
    var answer = api.get("/sandbox/accounts");
    assertThat(answer.status()).isEqualTo(200);
    assertDescribed("SandboxProvider", answer, "/items/0");
    assertThat(answer.at("/items/0/connections")).isEqualTo("http://127.0.0.1:8480/connections");
    assertThat(answer.at("/items/0/accounts/0/what")).isEqualTo("takes all mail");
  }

  @Test
  void live_there_are_no_simulated_accounts() {
    assertThat(api.get("/sandbox/accounts").problem()).isEqualTo("unknown-route");
  }

  @Test
  void live_there_are_no_simulated_mail_servers() {
    assertThat(api.get("/sandbox/mail-servers").problem()).isEqualTo("unknown-route");
  }

  @Test
  void the_process_tells_that_it_runs_and_as_what() {
    api.mode = Mode.SANDBOX;
    var answer = api.get("/healthz");
    assertThat(answer.text()).isEqualTo("{\"status\":\"up\",\"mode\":\"sandbox\"}");
    assertThat(api.get("/readyz").at("/status")).isEqualTo("ready");
  }

  @Test
  void what_is_not_ready_says_why() {
    api.readiness = () -> new Readiness.Answer.NotReady("The database does not answer.");
    var answer = api.get("/readyz");
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.problem()).isEqualTo("not-ready");
    assertThat(answer.at("/detail")).isEqualTo("The database does not answer.");
  }
}
