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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailedDeliveriesIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String FAILED = "/v1/failed-deliveries";

  @TempDir private Path folder;

  private final int port = FreePort.find();
  private final URI address = URI.create("http://localhost:" + port);

  @Test
  void what_failed_is_seen_in_groups_and_tried_again_by_a_filter_over_the_death_of_its_node()
      throws Exception {
    String order;
    LeveransProcess first = start();
    letUnknownMailboxesBeTriedAgain();
    for (int i = 0; i < 6; i++) {
      send("user-unknown+" + i + "@example.com");
    }
    send("bounce-later@example.net");
    send("mailbox-full@example.net");
    send("complaint@example.net");
    send("drop-after-dot@example.net");
    send("anna@example.com");

    await().atMost(SOON).until(() -> failed("").path("deliveries").asInt() == 8);
    await().atMost(SOON).until(() -> failed("").at("/apart/complained").asInt() == 1);
    assertGroups();

    order =
        http()
            .post(
                FAILED + "/retry",
                Map.of("cause", "mailbox-unknown", "domain", "example.com"),
                "Idempotency-Key",
                "once")
            .json()
            .path("id")
            .asText();
    first.kill();
    try (LeveransProcess _ = start()) {
      await().atMost(SOON).until(() -> progress(order).path("state").asText().equals("done"));
      assertThat(progress(order).path("total").asInt()).isEqualTo(6);
      assertThat(progress(order).path("retried").asInt()).isEqualTo(6);
      assertThat(progress(order).path("refused")).isEmpty();
      await().atMost(SOON).untilAsserted(() -> assertThat(events("delivery.retried")).hasSize(6));
      await().atMost(SOON).until(() -> failed("").path("deliveries").asInt() == 8);
      assertThat(
              http()
                  .post(
                      FAILED + "/retry",
                      Map.of("cause", "mailbox-unknown", "domain", "example.com"),
                      "Idempotency-Key",
                      "once")
                  .json()
                  .path("id")
                  .asText())
          .as("the same request orders nothing new")
          .isEqualTo(order);
    }
  }

  private void letUnknownMailboxesBeTriedAgain() throws IOException {
    Map<String, ?> never = Map.of("mailbox-unknown", Map.of("suppress", "never"));
    assertThat(http().put("/v1/suppressions/policy", Map.of("rules", never)).status())
        .isEqualTo(200);
  }

  private void assertGroups() throws IOException {
    JsonNode byCause = failed("?groupBy=cause");
    assertThat(keys(byCause)).containsExactly("mailbox-unknown", "mailbox-full");
    assertThat(byCause.at("/groups/0/deliveries").asInt()).isEqualTo(7);
    assertThat(byCause.at("/groups/0/causes/0/whoCanFix").asText()).isEqualTo("sender");
    assertThat(byCause.at("/groups/0/causes/0/action/kind").asText()).isEqualTo("correct-address");
    assertThat(byCause.at("/groups/1/causes/0/action/kind").asText()).isEqualTo("wait");
    JsonNode byDomain = failed("?groupBy=domain");
    assertThat(keys(byDomain)).containsExactly("example.com", "example.net");
    assertThat(byDomain.at("/groups/1/causes")).hasSize(2);
    JsonNode byChannel = failed("?groupBy=channel");
    assertThat(byChannel.at("/groups/0/channel/kind").asText()).isEqualTo("msc");
    assertThat(failed("?domain=example.net&cause=mailbox-full").path("deliveries").asInt())
        .isEqualTo(1);
  }

  @Test
  void the_operator_is_told_of_a_block_before_anybody_asks() throws Exception {
    try (LeveransProcess service = start()) {
      send("blocklisted@example.com");

      await().atMost(SOON).untilAsserted(() -> assertThat(events("platform.fault")).hasSize(1));
      JsonNode fault = http().get("/v1/platform-faults").json().at("/items/0");
      assertThat(fault.path("cause").asText()).isEqualTo("reputation-block");
      assertThat(fault.path("place").asText()).contains("example.com");
      assertThat(fault.path("state").asText()).isEqualTo("current");
      assertThat(fault.path("whoCanFix").asText()).isEqualTo("operator");
      assertThat(fault.path("remedy").asText()).contains("block to be lifted");
      assertThat(service.output()).contains("the platform is refused: REPUTATION_BLOCK");
      await().atMost(SOON).until(() -> operatorsMail().size() == 1);
      assertThat(operatorsMail().get(0).path("text").asText())
          .contains("1 refusal", "GET /v1/platform-faults");
    }
  }

  private JsonNode operatorsMail() throws IOException {
    return http().get("/sandbox/inbox?address=operator@elsewhere.example").json().path("items");
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
            "operator.address=operator@elsewhere.example"));
  }

  private Http http() throws IOException {
    return new Http(address, Files.readString(folder.resolve("data/sandbox-api-key")).strip());
  }

  private void send(String recipient) throws IOException {
    String identity = http().get("/v1/identities").json().at("/items/0/id").asText();
    Http.Answer answer =
        http()
            .post(
                "/v1/messages",
                Map.of("identityId", identity, "to", recipient, "subject", "Hello", "text", "Hi."));
    assertThat(answer.status()).as(answer.body()).isEqualTo(202);
  }

  private JsonNode failed(String query) throws IOException {
    Http.Answer answer = http().get(FAILED + query);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json();
  }

  private JsonNode progress(String order) throws IOException {
    return http().get(FAILED + "/retries/" + order).json();
  }

  private List<JsonNode> events(String kind) throws IOException {
    JsonNode items = http().get("/v1/events?limit=1000").json().path("items");
    return StreamSupport.stream(items.spliterator(), false)
        .filter(event -> event.path("kind").asText().equals(kind))
        .toList();
  }

  private static List<String> keys(JsonNode answer) {
    List<String> keys = new ArrayList<>();
    answer.path("groups").forEach(group -> keys.add(group.path("key").asText()));
    return keys;
  }
}
