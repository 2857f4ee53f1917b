package io.leverans.bootstrap.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.leverans.bootstrap.sandbox.Sandbox;
import io.leverans.bootstrap.settings.Settings;
import io.leverans.domain.identity.IdentityId;
import io.leverans.persistence.embedded.Durability;
import io.leverans.persistence.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several nodes on one database. */
class ClusterIT {
  private static final Path BINARIES = Path.of("target", "postgres-binaries");

  /** Of the node that stops; as many attempts again wait for one of them. */
  private static final int CONNECTIONS_THAT_SPEAK = 40;

  private static final int MANY = 500;
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir private Path folder;

  private final HttpClient client = HttpClient.newHttpClient();
  private EmbeddedPostgres server;

  @BeforeEach
  void startTheDatabase() {
    server =
        EmbeddedPostgres.start(
            folder.resolve("postgres"), BINARIES, Durability.UNSAFE_FOR_THROW_AWAY_DATA);
  }

  @AfterEach
  void stopTheDatabase() {
    server.close();
    client.close();
  }

  private Node node(String roles) {
    return node(roles, Map.of());
  }

  private Node node(String roles, Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("data", folder.resolve(UUID.randomUUID().toString()).toString());
    settings.put("secrets.keyset-file", folder.resolve("secrets.json").toString());
    settings.put("http.port", "0");
    settings.put("channels", "msc");
    settings.put("roles", roles);
    settings.put("database.url", server.jdbcUrl());
    settings.put("database.user", server.user());
    settings.put("database.password", server.password());
    settings.put("database.connections", "4");
    return Node.start(Settings.of(settings));
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.timeout(SOON).build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder to(Node node, String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.port()).resolve(path));
    node.firstTeam().ifPresent(team -> request.header("Authorization", "Bearer " + team.apiKey()));
    return request;
  }

  private String accepted(Node api, String recipient) throws IOException, InterruptedException {
    IdentityId sender = api.firstTeam().orElseThrow().identity().orElseThrow();
    String body =
        JSON.writeValueAsString(
            Map.of(
                "identityId",
                sender.value().toString(),
                "to",
                recipient,
                "subject",
                "Hello",
                "text",
                "Hello."));
    HttpResponse<String> answer =
        send(
            to(api, "/v1/messages")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return JSON.readTree(answer.body()).path("id").asText();
  }

  private JsonNode message(Node api, String id) throws IOException, InterruptedException {
    return JSON.readTree(send(to(api, "/v1/messages/" + id)).body());
  }

  private static int arrivedAt(Node node) {
    return node.sandbox()
        .map(Sandbox::view)
        .orElseThrow()
        .inbox()
        .list(Optional.empty(), 1_000)
        .size();
  }

  @Test
  void a_node_that_serves_the_api_leaves_the_sending_to_one_that_does_not_serve_it()
      throws Exception {
    try (Node api = node("api")) {
      String id = accepted(api, "anna@example.com");
      try (Node sending = node("dispatch")) {
        await().atMost(SOON).until(() -> message(api, id).path("section").asText(), "sent"::equals);
        assertThat(arrivedAt(api)).isZero();
        assertThat(arrivedAt(sending)).isOne();
        assertThat(send(to(sending, "/healthz")).statusCode()).isEqualTo(200);
        assertThat(send(to(sending, "/readyz")).statusCode()).isEqualTo(200);
        assertThat(send(to(sending, "/v1/messages")).statusCode()).isEqualTo(404);
      }
    }
  }

  @Test
  void what_a_node_that_stops_has_not_handed_over_another_sends_at_once_and_none_goes_out_twice()
      throws Exception {
    try (Node api = node("api")) {
      for (int i = 0; i < MANY; i++) {
        var _ = accepted(api, "slow+" + i + "@example.com");
      }
      Node stopping = node("dispatch", manyAtATime(CONNECTIONS_THAT_SPEAK));
      await()
          .atMost(SOON)
          .until(() -> deliveries().getOrDefault("SENDING", 0) > CONNECTIONS_THAT_SPEAK);
      try (Node other = node("dispatch", manyAtATime(200))) {
        long begin = System.nanoTime();
        stopping.close();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));

        await()
            .atMost(Duration.ofMinutes(2))
            .until(this::deliveries, Map.of("ACCEPTED", MANY)::equals);
        assertThat(arrivedAt(stopping)).isBetween(1, MANY - 1);
        assertThat(arrivedAt(stopping) + arrivedAt(other)).isEqualTo(MANY);
      }
    }
  }

  private static Map<String, String> manyAtATime(int connections) {
    return Map.of(
        "dispatch.concurrency", "1000",
        "dispatch.lease", "10m",
        "dispatch.stop-within", "16s",
        "retry.first-pause", "1s",
        "msc.connections-per-destination", Integer.toString(connections));
  }

  @Test
  void what_is_old_is_purged_by_a_node_that_sends_and_everybody_is_told_so() throws Exception {
    try (Node api = node("api")) {
      String id = accepted(api, "user-unknown@example.com");
      String path = "/v1/messages/" + id;
      try (Node _ = node("dispatch")) {
        await()
            .atMost(SOON)
            .until(() -> message(api, id).path("folder").asText(), "failed"::equals);
        assertThat(send(to(api, path + "/raw")).statusCode()).isEqualTo(200);
      }
      execute("UPDATE message SET accepted_at = accepted_at - interval '91 days'");
      execute("UPDATE attempt SET started_at = started_at - interval '91 days'");
      try (Node _ = node("dispatch")) {
        await().atMost(SOON).until(() -> message(api, id).has("contentPurgedAt"));
        await()
            .atMost(SOON)
            .until(() -> message(api, id).at("/recipients/0/attempts/0/transcript").isEmpty());

        assertThat(send(to(api, path + "/raw")).statusCode()).isEqualTo(410);
        HttpResponse<String> retry = send(to(api, path + "/retry").POST(BodyPublishers.noBody()));
        assertThat(retry.statusCode()).isEqualTo(409);
        assertThat(retry.body()).contains("/problems/content-purged", "Write it anew");
        assertThat(message(api, id).path("folder").asText()).isEqualTo("failed");
        assertThat(message(api, id).at("/recipients/0/failure/cause").asText())
            .isEqualTo("mailbox-unknown");
      }
    }
  }

  private void execute(String change) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate(change)).isPositive();
    }
  }

  /** How many are in each state. */
  private Map<String, Integer> deliveries() throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT state, count(*) FROM delivery GROUP BY state")) {
      Map<String, Integer> counted = new HashMap<>();
      while (rows.next()) {
        counted.put(rows.getString(1), rows.getInt(2));
      }
      return counted;
    }
  }
}
