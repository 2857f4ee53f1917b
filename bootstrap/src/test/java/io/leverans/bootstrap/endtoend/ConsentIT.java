package io.leverans.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.leverans.bootstrap.demo.ConsentWalk;
import io.leverans.bootstrap.wiring.FreePort;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Accounts of the simulated world, connected through their providers' consent pages. */
class ConsentIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  /** Doubts are looked into once a minute. */
  private static final Duration AFTER_INQUIRY = Duration.ofMinutes(3);

  @TempDir private Path folder;

  private final URI address = URI.create("http://localhost:" + FreePort.find());
  private LeveransProcess service;
  private Http http;

  @BeforeEach
  void start() throws IOException {
    service =
        LeveransProcess.start(
            folder, address, List.of("start", "--set", "http.port=" + address.getPort()));
    http = new Http(address, Files.readString(folder.resolve("data/sandbox-api-key")).strip());
  }

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void a_newcomer_connects_it_by_clicking_and_the_recipient_sees_the_account() throws Exception {
    connect("sandy.private@gmail.example");

    String message = send("anna@example.com");

    JsonNode mail = arrived("anna@example.com");
    assertThat(mail.path("from").asText()).contains("<sandy.private@gmail.example>");
    assertThat(mail.hasNonNull("via")).isFalse();
    assertThat(mail.at("/dkim/verdict").asText()).isEqualTo("pass");
    await().atMost(SOON).until(() -> state(message).equals("accepted"));
  }

  @Test
  void who_is_suppressed_before_it_goes_gets_nothing_and_the_others_get_it() throws Exception {
    connect("sandy.private@gmail.example");
    Http.Answer accepted =
        http.post(
            "/v1/messages",
            Map.of(
                "identityId",
                identity(),
                "to",
                List.of("bert@example.com", "anna@example.com"),
                "subject",
                "Hello",
                "text",
                "Hello.",
                "sendAt",
                Instant.now().plusSeconds(5).toString()));
    assertThat(accepted.status()).as(accepted.body()).isEqualTo(202);
    String message = accepted.json().path("id").asText();
    assertThat(http.post("/v1/suppressions", Map.of("address", "bert@example.com")).status())
        .isEqualTo(201);

    assertThat(arrived("anna@example.com").toString()).doesNotContain("bert@example.com");

    await().atMost(SOON).until(() -> states(message).equals(List.of("failed", "accepted")));
    assertThat(inbox("bert@example.com")).isEmpty();
    String raw = http.get("/v1/messages/" + message + "/raw?recipient=anna@example.com").body();
    assertThat(raw).contains("To: anna@example.com").doesNotContain("bert@example.com");
  }

  private List<String> states(String message) throws IOException {
    List<String> states = new ArrayList<>();
    http.get("/v1/messages/" + message)
        .json()
        .path("recipients")
        .forEach(recipient -> states.add(recipient.path("state").asText()));
    return states;
  }

  @Test
  void who_declines_connects_nothing() throws Exception {
    ConsentWalk.Page last = consent("/v1/channels/connect", Map.of("kind", "gmail"), "");

    assertThat(last.html()).contains("access_denied");
    assertThat(http.get("/v1/channels").body()).doesNotContain("\"gmail\"");
  }

  @Test
  void a_lost_answer_is_looked_up_where_reading_is_allowed_and_nothing_goes_twice()
      throws Exception {
    connect("lost-answer@acme.example", Map.of("read-access", "on"));

    String message = send("anna@example.com");

    await().atMost(AFTER_INQUIRY).until(() -> state(message).equals("accepted"));
    assertThat(inbox("anna@example.com")).hasSize(1);
  }

  @Test
  void a_lost_answer_is_held_where_reading_is_not_allowed_and_nothing_goes_twice()
      throws Exception {
    connect("lost-answer@acme.example");

    String message = send("anna@example.com");

    await().atMost(SOON).until(() -> state(message).equals("in-doubt"));
    assertThat(inbox("anna@example.com")).hasSize(1);
  }

  @Test
  void a_bounce_is_read_in_the_mailbox_where_its_owner_lets_us() throws Exception {
    String channel = connect("sandy@acme.example", Map.of("bounces", "mailbox"));
    assertThat(
            http.get("/v1/channels/" + channel).json().at("/capabilities/bounceCapture").asText())
        .isEqualTo("from-senders-mailbox");

    String message = send("bounce-gmail@example.com");

    await().atMost(AFTER_INQUIRY).until(() -> state(message).equals("bounced"));
    assertThat(http.get("/v1/channels/" + channel).json().at("/mailbox/readAt").asText())
        .isNotEmpty();
  }

  @Test
  void mail_waits_while_access_is_taken_back_and_goes_once_it_is_given_again() throws Exception {
    String channel = connect("revoked@acme.example");
    String first = send("anna@example.com");
    await().atMost(SOON).until(() -> state(first).equals("accepted"));

    String second = send("bert@example.com");
    await().atMost(SOON).until(() -> health(channel).equals("needs-attention"));
    await().atMost(SOON).until(() -> state(second).equals("waiting"));
    ConsentWalk.Page last =
        consent("/v1/channels/" + channel + "/connect", Map.of(), "revoked@acme.example");

    assertThat(last.status()).as(last.html()).isEqualTo(200);
    await().atMost(SOON).until(() -> state(second).equals("accepted"));
    assertThat(inbox("bert@example.com")).hasSize(1);
  }

  @Test
  void access_is_given_back_with_the_channel_that_needed_it() throws Exception {
    String channel = connect("sandy.private@gmail.example");

    assertThat(http.delete("/v1/channels/" + channel).json().path("access").asText())
        .isEqualTo("given-back");
  }

  @Test
  void access_that_has_expired_is_renewed_on_the_way() throws Exception {
    String channel = connect("token-expired@acme.example");

    String message = send("anna@example.com");

    await().atMost(SOON).until(() -> state(message).equals("accepted"));
    assertThat(health(channel)).isEqualTo("connected");
    assertThat(inbox("anna@example.com")).hasSize(1);
  }

  @Test
  void a_companys_account_is_connected_on_its_sign_in_page_without_a_password() throws Exception {
    JsonNode server = http.get("/sandbox/mail-servers").json().at("/items/0");
    Map<String, Object> settings =
        Map.of(
            "host", server.path("host").asText(),
            "port", server.path("startTlsPort").asInt(),
            "ca", server.path("caCertificate").asText(),
            "username", "sandy@acme.example",
            "auth", "oauth");
    assertThat(http.post("/v1/channels", Map.of("kind", "smtp", "settings", settings)).status())
        .isEqualTo(422);

    String channel = connect("smtp", "sandy@acme.example", settings);
    String message = send("anna@example.com");

    await().atMost(SOON).until(() -> state(message).equals("accepted"));
    assertThat(inbox("anna@example.com")).hasSize(1);
    assertThat(http.get("/v1/channels/" + channel).body())
        .contains("\"auth\":\"oauth\"")
        .doesNotContain("token");
  }

  private String connect(String account) throws IOException {
    return connect(account, Map.of());
  }

  private String connect(String account, Map<String, ?> settings) throws IOException {
    return connect("gmail", account, settings);
  }

  /** Connects an account and writes through it from then on; the channel's id. */
  private String connect(String kind, String account, Map<String, ?> settings) throws IOException {
    ConsentWalk.Page last =
        consent("/v1/channels/connect", Map.of("kind", kind, "settings", settings), account);
    assertThat(last.status()).as(last.html()).isEqualTo(200);
    String channel = "";
    for (JsonNode item : http.get("/v1/channels").json().path("items")) {
      channel = item.path("kind").asText().equals(kind) ? item.path("id").asText() : channel;
    }
    var _ = http.put("/v1/identities/" + identity() + "/channel", Map.of("channelId", channel));
    return channel;
  }

  private ConsentWalk.Page consent(String path, Map<String, ?> body, String account)
      throws IOException {
    Http.Answer begun = http.post(path, body);
    assertThat(begun.status()).as(begun.body()).isEqualTo(201);
    try (var owner = new ConsentWalk()) {
      return owner.allow(URI.create(begun.json().path("consentPage").asText()), account);
    }
  }

  private String identity() throws IOException {
    return http.get("/v1/identities").json().at("/items/0/id").asText();
  }

  private String send(String recipient) throws IOException {
    Http.Answer answer =
        http.post(
            "/v1/messages",
            Map.of(
                "identityId",
                identity(),
                "to",
                recipient,
                "subject",
                "Hello",
                "text",
                "Hi there."));
    assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    return answer.json().path("id").asText();
  }

  private String state(String message) throws IOException {
    return http.get("/v1/messages/" + message).json().at("/recipients/0/state").asText();
  }

  private String health(String channel) throws IOException {
    return http.get("/v1/channels/" + channel).json().at("/health/status").asText();
  }

  private JsonNode inbox(String recipient) throws IOException {
    return http.get("/sandbox/inbox?address=" + recipient).json().path("items");
  }

  private JsonNode arrived(String recipient) throws IOException {
    await().atMost(SOON).until(() -> inbox(recipient).size() == 1);
    return inbox(recipient).path(0);
  }
}
