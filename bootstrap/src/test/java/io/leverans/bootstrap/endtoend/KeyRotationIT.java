package io.leverans.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leverans.bootstrap.wiring.FreePort;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The key that seals secrets is replaced while two nodes share one database. */
class KeyRotationIT {
  private static final int PORT_LINE = 3;

  @TempDir private Path folder;

  private final URI first = URI.create("http://localhost:" + FreePort.find());
  private final URI second = URI.create("http://localhost:" + FreePort.find());

  @Test
  void secrets_open_on_every_node_before_and_after() throws Exception {
    try (var _ =
            LeveransProcess.start(
                folder, first, List.of("start", setting("http.port", first.getPort())));
        var _ = startSecond()) {
      String channel = connect(first).path("id").asText();
      assertThat(proves(first, channel)).isTrue();

      try (var rotation = LeveransProcess.run(folder, List.of("rotate-keys"))) {
        assertThat(rotation.exitCode()).as(rotation.output()).isZero();
        assertThat(rotation.output()).contains("1 secrets were sealed anew");
      }

      assertThat(proves(first, channel)).isTrue();
      String another = connect(second).path("id").asText();
      assertThat(proves(second, another)).isTrue();
    }
  }

  private LeveransProcess startSecond() throws IOException {
    Path postgres = folder.resolve("data/postgres");
    String port = Files.readAllLines(postgres.resolve("cluster/postmaster.pid")).get(PORT_LINE);
    return LeveransProcess.start(
        folder,
        second,
        List.of(
            "start",
            setting("http.port", second.getPort()),
            setting("data", folder.resolve("second")),
            setting("secrets.keyset-file", folder.resolve("data/keys/secrets.json")),
            setting("database.url", "jdbc:postgresql://127.0.0.1:" + port.strip() + "/leverans"),
            setting("database.user", "leverans"),
            setting("database.password", Files.readString(postgres.resolve("password")).strip())));
  }

  private static String setting(String key, Object value) {
    return "--set=" + key + "=" + value;
  }

  private JsonNode connect(URI node) throws IOException {
    Http http = http(node);
    JsonNode server = http.get("/sandbox/mail-servers").json().at("/items/0");
    Http.Answer answer =
        http.post(
            "/v1/channels",
            Map.of(
                "kind",
                "smtp",
                "settings",
                Map.of(
                    "host", server.path("host").asText(),
                    "port", server.path("startTlsPort").asInt(),
                    "username", "sandy@acme.example",
                    "password", server.path("password").asText(),
                    "ca", server.path("caCertificate").asText())));
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return answer.json();
  }

  private boolean proves(URI node, String channel) throws IOException {
    return http(node).post("/v1/channels/" + channel + "/test", Map.of()).status() == 200;
  }

  private Http http(URI node) throws IOException {
    return new Http(node, Files.readString(folder.resolve("data/sandbox-api-key")).strip());
  }
}
