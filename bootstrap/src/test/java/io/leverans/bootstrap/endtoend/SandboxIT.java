package io.leverans.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.leverans.bootstrap.wiring.FreePort;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxIT {
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir private Path folder;

  private final int port = FreePort.find();
  private final int metricsPort = FreePort.find();
  private final URI address = URI.create("http://localhost:" + port);

  @Test
  void a_newcomer_sends_a_mail_and_sees_what_the_recipient_got() throws Exception {
    try (LeveransProcess service = start()) {
      Http http = http();

      assertThat(service.output())
          .contains("SANDBOX", "nothing leaves this machine", http.apiKey(), "curl");
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(folder.resolve("data/sandbox-api-key"))))
          .isEqualTo("rw-------");

      Http.Answer answer = send(http, "anna@example.com");
      assertThat(answer.status()).as(answer.body()).isEqualTo(202);
      String id = answer.json().path("id").asText();
      await().atMost(SOON).until(() -> folderOf(http, id), "sent"::equals);

      JsonNode mail = http.get("/sandbox/inbox?address=anna@example.com").json().at("/items/0");
      assertThat(mail.path("from").asText()).contains("sandy@acme.example");
      assertThat(mail.path("returnPath").asText()).startsWith("b.").endsWith("@leverans.test");
      assertThat(mail.at("/dkim/verdict").asText()).isEqualTo("pass");
      assertThat(mail.path("via").asText()).isEqualTo("leverans.test");
      await().atMost(SOON).untilAsserted(this::assertTheMailIsMeasured);
    }
  }

  @Test
  void what_was_sent_and_what_came_back_is_still_known_after_a_restart() throws Exception {
    String id;
    try (LeveransProcess _ = start()) {
      Http http = http();
      id = send(http, "bounce-later@example.com").json().path("id").asText();
      await().atMost(SOON).until(() -> folderOf(http, id), "bounced"::equals);
    }
    try (LeveransProcess _ = start()) {
      JsonNode recipient = http().get("/v1/messages/" + id).json().at("/recipients/0");
      assertThat(recipient.at("/failure/cause").asText()).isEqualTo("mailbox-unknown");
      assertThat(recipient.path("laterWords")).hasSize(1);
    }
  }

  @Test
  void what_was_called_spam_lies_with_the_complaints_and_what_machines_say_moves_nothing()
      throws Exception {
    try (LeveransProcess _ = start()) {
      Http http = http();
      String complained = send(http, "complaint-redacted@example.com").json().path("id").asText();
      String hotmail = send(http, "complaint-hotmail@example.com").json().path("id").asText();
      String answered = send(http, "auto-reply@example.com").json().path("id").asText();
      String challenged = send(http, "challenge@example.com").json().path("id").asText();

      await().atMost(SOON).until(() -> folderOf(http, complained), "spam-complaints"::equals);
      await().atMost(SOON).until(() -> folderOf(http, hotmail), "spam-complaints"::equals);
      await().atMost(SOON).until(() -> recipientOf(http, answered).path("laterWords").size() == 1);
      await()
          .atMost(SOON)
          .until(() -> recipientOf(http, challenged).path("laterWords").size() == 1);

      JsonNode failure = recipientOf(http, complained).path("failure");
      assertThat(failure.path("cause").asText()).isEqualTo("marked-as-spam");
      assertThat(failure.path("suppresses").asBoolean()).isTrue();
      JsonNode reply = recipientOf(http, answered).at("/laterWords/0");
      assertThat(reply.path("kind").asText()).isEqualTo("delivery.auto-replied");
      assertThat(reply.path("subject").asText()).isEqualTo("Automatic reply: Hello");
      assertThat(folderOf(http, answered)).isEqualTo("sent");
      String raw = http.get("/v1/reports/" + reply.path("reportId").asText() + "/raw").body();
      assertThat(raw).contains("I am away from my desk");
      JsonNode question = recipientOf(http, challenged).at("/laterWords/0");
      assertThat(question.path("kind").asText()).isEqualTo("delivery.challenged");
      assertThat(question.path("subject").asText()).isEqualTo("Please confirm your message: Hello");
      assertThat(question.path("remedy").asText()).contains("Open the link");
      assertThat(folderOf(http, challenged)).isEqualTo("sent");
    }
  }

  @Test
  void mail_to_domains_that_demand_encryption_goes_by_what_their_servers_prove() throws Exception {
    try (LeveransProcess _ = start()) {
      Http http = http();
      String proved = send(http, "anna@strict.test").json().path("id").asText();
      String unproved = send(http, "anna@strict-unproved.test").json().path("id").asText();
      String elsewhere = send(http, "anna@strict-elsewhere.test").json().path("id").asText();
      String onTrial = send(http, "anna@strict-on-trial.test").json().path("id").asText();

      JsonNode accepted = attemptFor(http, proved, "accepted");
      assertThat(accepted.at("/nextHop/host").asText()).isEqualTo("mx.strict.test");
      assertThat(accepted.at("/nextHop/security/protocol").asText()).isEqualTo("TLSv1.3");
      assertThat(accepted.at("/nextHop/security/verified").asBoolean()).isTrue();
      JsonNode waiting = attemptFor(http, unproved, "deferred");
      assertThat(waiting.at("/failure/cause").asText()).isEqualTo("tls-failure");
      assertThat(waiting.path("reply").asText())
          .contains("The MTA-STS policy of strict-unproved.test", "mx.strict-unproved.test");
      assertThat(attemptFor(http, elsewhere, "deferred").path("reply").asText())
          .contains("does not name mx.strict-elsewhere.test");
      JsonNode noted = attemptFor(http, onTrial, "accepted");
      assertThat(noted.at("/nextHop/security/verified").asBoolean(true)).isFalse();
      assertThat(noted.path("transcript").toString()).contains("(testing) would have refused");
    }
  }

  private static JsonNode attemptFor(Http http, String id, String result) {
    return await()
        .atMost(SOON)
        .until(
            () -> recipientOf(http, id).at("/attempts/0"),
            attempt -> attempt.path("result").asText().equals(result));
  }

  @Test
  void what_would_be_refused_is_told_before_and_what_others_sent_is_logged() throws Exception {
    try (LeveransProcess _ = start()) {
      assertStopIsToldAndRefused(http());
      assertLoggedOnce(http());
    }
  }

  private static void assertStopIsToldAndRefused(Http http) throws IOException {
    Http.Answer published =
        http.post(
            "/sandbox/dns",
            Map.of("name", "_dmarc.acme.example", "type", "TXT", "value", "v=DMARC1; p=reject"));
    assertThat(published.status()).as(published.body()).isEqualTo(201);
    String preflight = "/v1/identities/" + identity(http) + "/preflight";

    JsonNode told = http.post(preflight, Map.of("to", List.of("nonsense"))).json();
    assertThat(told.path("verdict").asText()).as(told.toString()).isEqualTo("stop");
    assertThat(point(told, "identity").path("verdict").asText()).isEqualTo("ok");
    assertThat(point(told, "recipient").path("verdict").asText()).isEqualTo("stop");
    JsonNode dmarc = point(told, "dmarc");
    assertThat(dmarc.path("verdict").asText()).isEqualTo("stop");
    assertThat(dmarc.path("words").asText()).contains("\"v=DMARC1; p=reject\"");

    Http.Answer refused = send(http, "anna@example.com");
    assertThat(refused.status()).as(refused.body()).isEqualTo(422);
    assertThat(refused.json().path("type").asText()).isEqualTo("/problems/preflight-stop");
    assertThat(refused.json().path("detail").asText()).startsWith(dmarc.path("words").asText());
  }

  private static JsonNode point(JsonNode preflight, String name) {
    return preflight
        .path("points")
        .valueStream()
        .filter(point -> point.path("name").asText().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + name + " in " + preflight));
  }

  private static void assertLoggedOnce(Http http) throws IOException {
    Map<String, String> mail =
        Map.of(
            "identityId", identity(http),
            "to", "bert@example.net",
            "subject", "Lunch?",
            "text", "Noon it is.",
            "messageId", "<1@mailbox.example>");

    Http.Answer logged = http.post("/v1/messages/logged", mail);
    assertThat(logged.status()).as(logged.body()).isEqualTo(201);
    assertThat(logged.json().path("folder").asText()).isEqualTo("sent");
    assertThat(logged.json().path("summary").asText()).isEqualTo("not sent by us");

    Http.Answer again = http.post("/v1/messages/logged", mail);
    assertThat(again.status()).as(again.body()).isEqualTo(200);
    String id = logged.json().path("id").asText();
    assertThat(again.json().path("id").asText()).isEqualTo(id);
    assertThat(http.post("/v1/messages/" + id + "/retry", Map.of()).status()).isEqualTo(409);
    assertThat(http.get("/sandbox/inbox?address=bert@example.net").json().path("items")).isEmpty();
  }

  @Test
  void a_database_killed_with_its_service_is_taken_over() throws Exception {
    String id;
    LeveransProcess first = start();
    id = send(http(), "anna@example.com").json().path("id").asText();
    first.kill();

    try (LeveransProcess _ = start()) {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> folderOf(http(), id), List.of("sent", "in-doubt")::contains);
    }
  }

  @Test
  void a_sandbox_never_becomes_live() throws Exception {
    start().close();

    try (var live =
        LeveransProcess.run(
            folder,
            List.of("start", "-s", "mode=live", "-s", "platform.domain=northwind.example"))) {
      assertThat(live.exitCode()).isNotZero();
      assertThat(live.output()).contains("made in sandbox mode");
    }
  }

  private LeveransProcess start() throws IOException {
    return LeveransProcess.start(
        folder,
        address,
        List.of(
            "start",
            "--set",
            "http.port=" + port,
            "--set",
            "metrics.listen=127.0.0.1:" + metricsPort));
  }

  private void assertTheMailIsMeasured() throws IOException {
    URI metrics = URI.create("http://127.0.0.1:" + metricsPort);
    assertThat(new Http(metrics, "").get("/metrics").body())
        .contains("leverans_messages_accepted_total{kind=\"msc\"} 1.0")
        .contains("leverans_deliveries_total{cause=\"\",kind=\"msc\",outcome=\"accepted\"} 1.0")
        .contains("leverans_in_doubt 0.0")
        .contains("hikaricp_connections_max{pool=\"database\"} 16.0");
  }

  private Http http() throws IOException {
    return new Http(address, Files.readString(folder.resolve("data/sandbox-api-key")).strip());
  }

  private static Http.Answer send(Http http, String recipient) throws IOException {
    return http.post(
        "/v1/messages",
        Map.of(
            "identityId",
            identity(http),
            "to",
            recipient,
            "subject",
            "Hello",
            "text",
            "Hi there."));
  }

  private static String identity(Http http) throws IOException {
    return http.get("/v1/identities").json().at("/items/0/id").asText();
  }

  private static JsonNode recipientOf(Http http, String id) throws IOException {
    return http.get("/v1/messages/" + id).json().at("/recipients/0");
  }

  private static String folderOf(Http http, String id) throws IOException {
    return http.get("/v1/messages/" + id).json().path("folder").asText();
  }
}
