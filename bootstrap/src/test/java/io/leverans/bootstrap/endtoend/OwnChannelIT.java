package io.leverans.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.leverans.bootstrap.wiring.FreePort;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A company's own server, connected through the API of a running sandbox. */
class OwnChannelIT {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String PASSWORD = "simulated";
  private static final String WRONG_PASSWORD = "tr0ub4dor-and-three";

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
  void a_newcomer_connects_it_and_the_recipient_sees_no_via() throws Exception {
    Http.Answer connected = connect(PASSWORD);
    assertThat(connected.status()).as(connected.body()).isEqualTo(201);
    JsonNode rechosen = connected.json().at("/rechosen/0");
    assertThat(rechosen.path("reason").asText()).isEqualTo("only-channel");
    assertThat(rechosen.path("channelId").asText()).isEqualTo(connected.json().path("id").asText());

    send("anna@example.com");
    JsonNode mail = arrived("anna@example.com");

    assertThat(mail.path("from").asText()).contains("sandy@acme.example");
    assertThat(mail.path("returnPath").asText()).isEqualTo("sandy@acme.example");
    assertThat(mail.hasNonNull("via")).isFalse();
  }

  @Test
  void what_the_presentation_says_is_what_arrives_through_each_channel() throws Exception {
    String own = connect(PASSWORD).json().path("id").asText();
    String platform = http.get("/v1/channels").json().at("/items/0/id").asText();
    for (String channel : List.of(own, platform)) {
      String recipient = "anna+" + channel + "@example.com";
      var _ = http.put("/v1/identities/" + identity() + "/channel", Map.of("channelId", channel));
      JsonNode told =
          http.get("/v1/identities/" + identity() + "/presentation?channelId=" + channel).json();
      send(recipient);
      JsonNode mail = arrived(recipient);

      assertThat(mail.path("from").asText())
          .contains(told.at("/from/address").asText())
          .contains(told.at("/from/name").asText());
      assertThat(mail.path("via").asText("")).isEqualTo(told.path("via").asText(""));
    }
  }

  @Test
  void a_wrong_password_is_refused_in_the_servers_own_words_and_nothing_is_stored()
      throws Exception {
    Http.Answer refused = connect(WRONG_PASSWORD);

    assertThat(refused.status()).as(refused.body()).isEqualTo(422);
    assertThat(refused.json().path("cause").asText()).isEqualTo("credentials-refused");
    assertThat(refused.json().path("words").asText()).contains("535");
    assertThat(refused.json().path("remedy").asText()).isNotBlank();
    assertThat(http.get("/v1/channels").json().path("items")).hasSize(1);
  }

  @Test
  void a_secret_stands_nowhere_after_a_whole_run() throws Exception {
    List<String> answers = new ArrayList<>();
    answers.add(connect(WRONG_PASSWORD).body());
    Http.Answer connected = connect(PASSWORD);
    answers.add(connected.body());
    String channel = "/v1/channels/" + connected.json().path("id").asText();
    answers.add(http.patch(channel, Map.of("settings", Map.of("password", WRONG_PASSWORD))).body());
    answers.add(http.post(channel + "/test", Map.of()).body());
    String message = send("anna@example.com");
    var _ = arrived("anna@example.com");
    answers.add(http.get("/v1/messages/" + message).body());
    answers.add(http.get("/v1/events?limit=100").body());
    answers.add(http.get("/v1/channels").body());
    answers.add(http.get("/v1/channel-kinds").body());
    stop();

    answers.add(withoutWelcome(service.output()));
    assertThat(answers).allSatisfy(answer -> assertThat(answer).doesNotContain(forms()));
    assertThat(filesWithSecrets()).isEmpty();
  }

  /** The start prints how to connect, with the password that everybody knows. */
  private static String withoutWelcome(String output) {
    return output.replace("\"password\": \"" + PASSWORD + "\"", "");
  }

  /** The passwords as they are and as they are spoken when signing in. */
  private static String[] forms() {
    return Stream.of(PASSWORD + "\"", WRONG_PASSWORD)
        .flatMap(
            secret -> {
              String bare = secret.replace("\"", "");
              String plain = "\0sandy@acme.example\0" + bare;
              return Stream.of(secret, base64(bare), base64(plain));
            })
        .toArray(String[]::new);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The database's own files hold what it was given, also what it has forgotten. */
  private List<Path> filesWithSecrets() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.toString().contains("binaries"))
          .filter(OwnChannelIT::holdsASecret)
          .toList();
    }
  }

  private static boolean holdsASecret(Path file) {
    try {
      String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
      return Stream.of(forms()).anyMatch(content::contains);
    } catch (IOException e) {
      throw new AssertionError("cannot look into " + file, e);
    }
  }

  private Http.Answer connect(String password) throws IOException {
    JsonNode server = http.get("/sandbox/mail-servers").json().at("/items/0");
    Map<String, Object> settings = new HashMap<>();
    settings.put("host", server.path("host").asText());
    settings.put("port", server.path("startTlsPort").asInt());
    settings.put("security", "starttls");
    settings.put("username", "sandy@acme.example");
    settings.put("password", password);
    settings.put("ca", server.path("caCertificate").asText());
    return http.post(
        "/v1/channels",
        Map.of("kind", "smtp", "label", "Acme's server", "owner", "member", "settings", settings));
  }

  private String identity() throws IOException {
    return http.get("/v1/identities").json().at("/items/0/id").asText();
  }

  private String send(String recipient) throws IOException {
    return http.post(
            "/v1/messages",
            Map.of(
                "identityId", identity(), "to", recipient, "subject", "Hello", "text", "Hi there."))
        .json()
        .path("id")
        .asText();
  }

  private JsonNode arrived(String recipient) {
    String path = "/sandbox/inbox?address=" + recipient.replace("+", "%2B");
    await().atMost(SOON).until(() -> http.get(path).json().path("items").size() == 1);
    try {
      return http.get(path).json().at("/items/0");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
