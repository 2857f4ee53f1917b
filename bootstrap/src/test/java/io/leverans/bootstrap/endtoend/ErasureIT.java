package io.leverans.bootstrap.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ErasureIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String BO = "bounce-later@example.com";

  private final Sandbox sandbox;

  ErasureIT(@TempDir Path folder) {
    sandbox = new Sandbox(folder);
  }

  @Test
  void a_person_is_handed_what_there_is_and_then_nothing_is_there_any_more() throws Exception {
    try (LeveransProcess _ = sandbox.start()) {
      Http http = sandbox.http();
      String bounced = Sandbox.send(http, Map.of("to", BO)).json().path("id").asText();
      await().atMost(SOON).until(() -> folderOf(http, bounced), "bounced"::equals);
      String other =
          Sandbox.send(http, Map.of("to", "anna@example.com")).json().path("id").asText();

      Map<String, String> files = export(http);
      assertThat(files)
          .containsKeys("person.json", "messages/" + bounced + ".json")
          .doesNotContainKey("messages/" + other + ".json");
      assertThat(files.get("messages/" + bounced + ".eml")).contains("Hi there.");
      assertThat(files.keySet()).anyMatch(name -> name.matches("reports/.*\\.eml"));

      Http.Answer erased = http.post("/v1/erasures", Map.of("address", BO));
      assertThat(erased.status()).as(erased.body()).isEqualTo(200);
      assertThat(erased.json().path("state").asText()).isEqualTo("done");
      assertThat(erased.json().at("/erased/messages").asInt()).isOne();
      assertThat(erased.json().at("/erased/reports").asInt()).isOne();

      JsonNode message = http.get("/v1/messages/" + bounced).json();
      assertThat(message.path("erasedAt").asText()).isNotEmpty();
      assertThat(message.at("/recipients/0/address").asText()).isEqualTo("erased@erased.invalid");
      assertThat(message.at("/recipients/0/state").asText()).isEqualTo("bounced");
      assertThat(http.get("/v1/messages/" + bounced + "/raw").status()).isEqualTo(410);
      assertThat(http.get("/v1/messages/" + other).json().has("erasedAt")).isFalse();
      assertThat(http.get("/v1/events?limit=1000").body()).doesNotContain(BO);
      assertThat(http.get("/v1/reports").body()).doesNotContain(BO);
      assertThat(http.get("/v1/suppressions").body()).doesNotContain(BO).contains("erased");
      assertThat(export(http)).containsOnlyKeys("person.json");

      Http.Answer again = Sandbox.send(http, Map.of("to", "Bounce-Later@example.com"));
      assertThat(again.status()).isEqualTo(422);
      assertThat(again.json().path("type").asText()).endsWith("suppressed-recipient");
    }
  }

  @Test
  void mail_to_several_is_withdrawn_for_the_person_and_still_sent_to_the_others() throws Exception {
    try (LeveransProcess _ = sandbox.start()) {
      Http http = sandbox.http();
      Instant soon = Instant.now().plus(4, ChronoUnit.SECONDS);
      String id =
          Sandbox.send(
                  http, Map.of("to", List.of(BO, "anna@example.com"), "sendAt", soon.toString()))
              .json()
              .path("id")
              .asText();

      Http.Answer ordered = http.post("/v1/erasures", Map.of("address", BO));
      assertThat(ordered.status()).as(ordered.body()).isEqualTo(202);
      String order = "/v1/erasures/" + ordered.json().path("id").asText();
      assertThat(http.get(order).json().path("left").asInt()).isOne();

      await()
          .atMost(SOON)
          .until(
              () -> http.get("/v1/messages/" + id).json().at("/recipients/1/state").asText(),
              "accepted"::equals);
      assertThat(http.get("/v1/messages/" + id).json().at("/recipients/0/state").asText())
          .isEqualTo("cancelled");
    }
  }

  private Map<String, String> export(Http http) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(sandbox.address().resolve("/v1/exports?address=" + BO))
            .header("Authorization", "Bearer " + http.apiKey())
            .build();
    Map<String, String> files = new LinkedHashMap<>();
    try (HttpClient client = HttpClient.newHttpClient();
        var zip =
            new ZipInputStream(
                new ByteArrayInputStream(
                    client.send(request, BodyHandlers.ofByteArray()).body()))) {
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), new String(zip.readAllBytes(), UTF_8));
      }
    }
    return files;
  }

  private static String folderOf(Http http, String message) throws IOException {
    return http.get("/v1/messages/" + message).json().path("folder").asText();
  }
}
