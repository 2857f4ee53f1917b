package io.leverans.bootstrap.endtoend;

import io.leverans.bootstrap.wiring.FreePort;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A sandbox of its own as {@code leverans start} makes it, and its first identity writing mail. */
final class Sandbox {
  private final Path folder;
  private final int port = FreePort.find();
  private final URI address = URI.create("http://localhost:" + port);

  Sandbox(Path folder) {
    this.folder = folder;
  }

  URI address() {
    return address;
  }

  LeveransProcess start() throws IOException {
    return LeveransProcess.start(folder, address, List.of("start", "--set", "http.port=" + port));
  }

  Http http() throws IOException {
    return new Http(address, Files.readString(folder.resolve("data/sandbox-api-key")).strip());
  }

  static Http.Answer send(Http http, Map<String, Object> fields) throws IOException {
    Map<String, Object> message = new HashMap<>(fields);
    message.put("identityId", http.get("/v1/identities").json().at("/items/0/id").asText());
    message.put("subject", "Hello");
    message.put("text", "Hi there.");
    return http.post("/v1/messages", message);
  }
}
