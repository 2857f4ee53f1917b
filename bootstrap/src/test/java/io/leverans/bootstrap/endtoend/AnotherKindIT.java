package io.leverans.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.leverans.bootstrap.wiring.FreePort;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A kind of channel that Leverans never heard of comes in a jar, is left out, and comes back. */
class AnotherKindIT {
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir private Path data;
  @TempDir private Path work;

  private final URI address = URI.create("http://localhost:" + FreePort.find());

  @Test
  void it_shows_up_in_the_api_and_its_mail_waits_for_as_long_as_it_is_left_out() throws Exception {
    Path letters = Files.createDirectory(work.resolve("letters"));
    String channel;
    String late;
    try (LeveransProcess _ = start("msc, folder")) {
      assertThat(kinds()).contains("msc", "folder");
      channel = connect(letters);
      String sent = send();
      await().atMost(SOON).until(() -> folderOf(sent), "sent"::equals);
      assertThat(filesIn(letters)).hasSize(1);

      Files.move(letters, work.resolve("away"));
      late = send();
      await().atMost(SOON).until(() -> http().get("/v1/messages/" + late).body().contains("defer"));
    }
    try (LeveransProcess _ = start("msc")) {
      await().atMost(SOON).until(() -> folderOf(late), "waiting"::equals);
      assertThat(kinds()).containsExactly("msc");
      JsonNode shown = http().get("/v1/channels/" + channel).json();
      assertThat(shown.at("/health/status").asText()).isEqualTo("not-offered");
      assertThat(shown.at("/waiting/messages").asInt()).isEqualTo(1);
    }
    Files.move(work.resolve("away"), letters);
    try (LeveransProcess _ = start("msc, folder")) {
      await().atMost(SOON).until(() -> folderOf(late), "sent"::equals);
      assertThat(filesIn(letters)).hasSize(2);
    }
  }

  private LeveransProcess start(String channels) throws IOException {
    return LeveransProcess.startWithTestJar(
        data,
        address,
        List.of(
            "start",
            "--set=http.port=" + address.getPort(),
            "--set=channels=" + channels,
            "--set=retry.first-pause=1s"));
  }

  private Http http() throws IOException {
    return new Http(address, Files.readString(data.resolve("data/sandbox-api-key")).strip());
  }

  private List<String> kinds() throws IOException {
    return http().get("/v1/channel-kinds").json().path("items").findValuesAsText("kind");
  }

  private String connect(Path letters) throws IOException {
    Http.Answer answer =
        http()
            .post(
                "/v1/channels",
                Map.of("kind", "folder", "settings", Map.of("folder", letters.toString())));
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return answer.json().path("id").asText();
  }

  private String send() throws IOException {
    String identity = http().get("/v1/identities").json().at("/items/0/id").asText();
    Http.Answer answer =
        http()
            .post(
                "/v1/messages",
                Map.of(
                    "identityId", identity,
                    "to", "anna@example.com",
                    "subject", "Hello",
                    "text", "Hi there."));
    assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    return answer.json().path("id").asText();
  }

  private String folderOf(String message) throws IOException {
    return http().get("/v1/messages/" + message).json().path("folder").asText();
  }

  private static List<Path> filesIn(Path letters) throws IOException {
    try (Stream<Path> files = Files.list(letters)) {
      return files.toList();
    }
  }
}
