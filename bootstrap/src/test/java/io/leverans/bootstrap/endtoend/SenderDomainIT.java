package io.leverans.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.leverans.bootstrap.wiring.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A domain of one's own, set up by nothing but requests to a running sandbox. */
class SenderDomainIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir private Path folder;

  private final URI address = URI.create("http://localhost:" + FreePort.find());
  private LeveransProcess service;
  private Http http;
  private JsonNode identity;

  @BeforeEach
  void start() throws IOException {
    service =
        LeveransProcess.start(
            folder, address, List.of("start", "--set", "http.port=" + address.getPort()));
    http = new Http(address, Files.readString(folder.resolve("data/sandbox-api-key")).strip());
    identity = http.get("/v1/identities").json().at("/items/0");
  }

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void a_proved_domain_takes_the_via_away_and_its_bounces_come_back() throws Exception {
    assertThat(via()).isEqualTo("leverans.test");
    JsonNode added = add();
    assertThat(added.path("standing").asText()).isEqualTo("pending");
    assertThat(check(added).path("standing").asText()).isEqualTo("pending");

    publishAll(added);
    JsonNode working = check(added);

    assertThat(working.path("standing").asText()).as(working.toString()).isEqualTo("working");
    assertThat(working.path("records").valueStream().map(record -> record.path("verdict").asText()))
        .as(working.toString())
        .containsOnly("ok");
    assertThat(via()).isEmpty();

    send("anna@example.com");
    JsonNode mail = arrived("anna@example.com");
    assertThat(mail.hasNonNull("via")).isFalse();
    assertThat(mail.at("/dkim/verdict").asText()).isEqualTo("pass");
    assertThat(mail.at("/dkim/domains").valueStream().map(JsonNode::asText))
        .containsExactly(domain());
    assertThat(mail.path("returnPath").asText()).endsWith("@bounces." + domain());

    String bounced = send("bounce-postfix@example.com");
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(
                        http.get("/v1/messages/" + bounced)
                            .json()
                            .at("/recipients/0/state")
                            .asText())
                    .isEqualTo("bounced"));
  }

  @Test
  void a_key_is_changed_without_a_gap() throws Exception {
    JsonNode domain = add();
    publishAll(domain);
    assertThat(check(domain).path("standing").asText()).isEqualTo("working");

    JsonNode rotating = http.post(path(domain) + "/rotate", Map.of()).json();
    assertThat(check(domain).path("selector").asText()).isEqualTo("leverans1");
    send("before@example.com");
    publish(record(rotating, "next-signing-key"));
    JsonNode switched = check(domain);
    assertThat(switched.path("selector").asText()).as(switched.toString()).isEqualTo("leverans2");
    send("after@example.com");

    assertThat(signature(arrived("before@example.com"))).contains("s=leverans1;");
    assertThat(signature(arrived("after@example.com"))).contains("s=leverans2;");
    for (String recipient : List.of("before@example.com", "after@example.com")) {
      assertThat(arrived(recipient).at("/dkim/verdict").asText()).isEqualTo("pass");
      assertThat(arrived(recipient).hasNonNull("via")).isFalse();
    }
    Http.Answer again = http.post(path(domain) + "/rotate", Map.of());
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.json().path("until").asText())
        .isEqualTo(record(switched, "previous-signing-key").path("until").asText());
    assertThat(events()).contains("domain.key-rotated");
  }

  @Test
  void a_record_that_one_check_misses_is_no_lapse_and_a_removed_domain_signs_no_more()
      throws Exception {
    JsonNode domain = add();
    publishAll(domain);
    assertThat(check(domain).path("standing").asText()).isEqualTo("working");
    JsonNode key = record(domain, "signing-key");

    withdraw(key);
    JsonNode missed = check(domain);
    assertThat(missed.path("standing").asText()).as(missed.toString()).isEqualTo("working");
    assertThat(missed.path("signer").asText()).isEqualTo("domain");
    assertThat(missed.path("words").asText()).contains("One check proves nothing");
    publish(key);
    assertThat(check(domain).path("words").asText()).doesNotContain("One check");
    assertThat(events()).contains("domain.working").doesNotContain("domain.lapsing");

    assertThat(http.delete(path(domain)).status()).isEqualTo(204);

    assertThat(via()).isEqualTo("leverans.test");
    assertThat(http.get(path(domain)).status()).isEqualTo(404);
  }

  private String domain() {
    String author = identity.path("address").asText();
    return author.substring(author.indexOf('@') + 1);
  }

  private JsonNode add() throws IOException {
    Http.Answer added = http.post("/v1/domains", Map.of("name", domain()));
    assertThat(added.status()).as(added.body()).isEqualTo(201);
    return added.json();
  }

  private static String path(JsonNode domain) {
    return "/v1/domains/" + domain.path("id").asText();
  }

  private JsonNode check(JsonNode domain) throws IOException {
    Http.Answer checked = http.post(path(domain) + "/check", Map.of());
    assertThat(checked.status()).as(checked.body()).isEqualTo(200);
    return checked.json();
  }

  private void publishAll(JsonNode domain) throws IOException {
    for (JsonNode record : domain.path("records")) {
      if (record.hasNonNull("value")) {
        publish(record);
      }
    }
  }

  private void publish(JsonNode record) throws IOException {
    Http.Answer published =
        http.post(
            "/sandbox/dns",
            Map.of(
                "name", record.path("name").asText(),
                "type", record.path("type").asText(),
                "value", record.path("value").asText()));
    assertThat(published.status()).as(published.body()).isEqualTo(201);
  }

  private void withdraw(JsonNode record) throws IOException {
    String name = URLEncoder.encode(record.path("name").asText(), StandardCharsets.UTF_8);
    assertThat(
            http.delete("/sandbox/dns?name=" + name + "&type=" + record.path("type").asText())
                .status())
        .isEqualTo(204);
  }

  private static JsonNode record(JsonNode domain, String purpose) {
    return domain
        .path("records")
        .valueStream()
        .filter(record -> record.path("purpose").asText().equals(purpose))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + purpose + " in " + domain));
  }

  private String via() throws IOException {
    return http.get("/v1/identities/" + identity.path("id").asText() + "/presentation")
        .json()
        .path("via")
        .asText("");
  }

  private List<String> events() {
    return await()
        .atMost(SOON)
        .until(
            () ->
                http.get("/v1/events?limit=100")
                    .json()
                    .path("items")
                    .valueStream()
                    .map(event -> event.path("kind").asText())
                    .toList(),
            kinds -> kinds.stream().anyMatch(kind -> kind.startsWith("domain.")));
  }

  private String send(String recipient) throws IOException {
    Http.Answer accepted =
        http.post(
            "/v1/messages",
            Map.of(
                "identityId",
                identity.path("id").asText(),
                "to",
                recipient,
                "subject",
                "Hello",
                "text",
                "Hi there."));
    assertThat(accepted.status()).as(accepted.body()).isEqualTo(202);
    return accepted.json().path("id").asText();
  }

  private JsonNode arrived(String recipient) {
    String path = "/sandbox/inbox?address=" + URLEncoder.encode(recipient, StandardCharsets.UTF_8);
    return await()
        .atMost(SOON)
        .until(() -> http.get(path).json().at("/items/0"), mail -> mail.isObject());
  }

  private static String signature(JsonNode mail) {
    return mail.path("raw").asText().replaceAll("\r\n[ \t]+", " ");
  }
}
