package io.leverans.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuppressionIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  private final Sandbox sandbox;

  SuppressionIT(@TempDir Path folder) {
    sandbox = new Sandbox(folder);
  }

  @Test
  void who_bounced_or_complained_is_not_written_to_again_until_an_admin_says_so() throws Exception {
    try (LeveransProcess _ = sandbox.start()) {
      Http http = sandbox.http();
      var _ = Sandbox.send(http, Map.of("to", "user-unknown@example.com"));
      var _ = Sandbox.send(http, Map.of("to", "complaint@example.com"));
      await().atMost(SOON).until(() -> entry(http, "complaint@example.com").isObject());
      await().atMost(SOON).until(() -> entry(http, "user-unknown@example.com").isObject());
      assertThat(entry(http, "complaint@example.com").path("reason").asText())
          .isEqualTo("complained");
      JsonNode bounced = entry(http, "user-unknown@example.com");
      assertThat(bounced.at("/failure/cause").asText()).isEqualTo("mailbox-unknown");

      Http.Answer refused =
          Sandbox.send(http, Map.of("to", List.of("anna@example.com", "User-Unknown@example.com")));
      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.json().path("field").asText()).isEqualTo("/to/1");

      Http.Answer skipped =
          Sandbox.send(
              http,
              Map.of(
                  "to",
                  List.of("anna@example.com", "user-unknown@example.com"),
                  "suppressed",
                  "skip"));
      assertThat(skipped.status()).as(skipped.body()).isEqualTo(202);
      assertThat(skipped.json().at("/skipped/0").asText()).isEqualTo("user-unknown@example.com");

      Http.Answer lifted =
          http.delete("/v1/suppressions/" + bounced.path("id").asText() + "?why=a%20new%20mailbox");
      assertThat(lifted.status()).as(lifted.body()).isEqualTo(204);
      assertThat(Sandbox.send(http, Map.of("to", "user-unknown@example.com")).status())
          .isEqualTo(202);
    }
  }

  @Test
  void who_presses_the_button_in_bulk_mail_gets_no_more() throws Exception {
    try (LeveransProcess _ = sandbox.start()) {
      Http http = sandbox.http();
      String id =
          Sandbox.send(http, Map.of("to", "anna@example.com", "bulk", true))
              .json()
              .path("id")
              .asText();
      String link = linkIn(http.get("/v1/messages/" + id + "/raw").body());

      HttpRequest press =
          HttpRequest.newBuilder(URI.create(link))
              .header("Content-Type", "application/x-www-form-urlencoded")
              .POST(BodyPublishers.ofString("List-Unsubscribe=One-Click"))
              .build();
      assertThat(answer(press).body()).contains("You are unsubscribed");

      assertThat(entry(http, "anna@example.com").path("reason").asText()).isEqualTo("unsubscribed");
      assertThat(Sandbox.send(http, Map.of("to", "anna@example.com")).status()).isEqualTo(422);
    }
  }

  @Test
  void a_list_that_is_brought_along_is_on_the_suppression_list_soon_with_its_bad_lines_named()
      throws Exception {
    String list =
        IntStream.rangeClosed(1, 5_000)
            .mapToObj(i -> i % 100 == 0 ? "nobody" + i : "r" + i + "@list.example")
            .collect(Collectors.joining("\n", "address\n", "\n"));
    try (LeveransProcess _ = sandbox.start()) {
      Http http = sandbox.http();
      HttpRequest upload =
          HttpRequest.newBuilder(sandbox.address().resolve("/v1/suppressions/imports"))
              .header("Authorization", "Bearer " + http.apiKey())
              .header("Content-Type", "text/csv")
              .POST(BodyPublishers.ofString(list))
              .build();
      HttpResponse<String> taken = answer(upload);
      assertThat(taken.statusCode()).as(taken.body()).isEqualTo(202);
      String location = taken.headers().firstValue("Location").orElseThrow();

      await()
          .atMost(SOON)
          .until(() -> http.get(location).json().path("state").asText(), "finished"::equals);

      JsonNode done = http.get(location).json();
      assertThat(done.path("added").asInt()).isEqualTo(4_950);
      assertThat(done.path("bad").asInt()).isEqualTo(50);
      JsonNode bad = http.get(location + "/lines?outcome=bad&limit=1").json().at("/items/0");
      assertThat(bad.path("line").asInt()).isEqualTo(101);
      assertThat(Sandbox.send(http, Map.of("to", "r1@list.example")).status()).isEqualTo(422);
    }
  }

  private static String linkIn(String raw) {
    return raw.replaceAll("\r\n[ \t]+", " ")
        .lines()
        .filter(line -> line.startsWith("List-Unsubscribe:"))
        .map(line -> line.substring(line.indexOf('<') + 1, line.indexOf('>')))
        .findFirst()
        .orElseThrow(() -> new AssertionError(raw));
  }

  private static HttpResponse<String> answer(HttpRequest request)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.ofString());
    }
  }

  private static JsonNode entry(Http http, String recipient) throws IOException {
    return http.get("/v1/suppressions?address=" + recipient).json().at("/items/0");
  }
}
