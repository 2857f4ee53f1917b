package io.leverans.bootstrap.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/** Requests to the HTTP API, with a key. */
record Http(URI address, String apiKey) {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  record Answer(int status, String body) {
    JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (IOException e) {
        throw new AssertionError("not JSON: " + body, e);
      }
    }
  }

  static boolean isReady(URI address) {
    try {
      return new Http(address, "").get("/readyz").status() == 200;
    } catch (IOException _) {
      return false;
    }
  }

  Answer get(String path) throws IOException {
    return send(request(path).GET().build());
  }

  Answer post(String path, Map<String, ?> body, String... headers) throws IOException {
    HttpRequest.Builder request =
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)));
    return send(headers.length == 0 ? request.build() : request.headers(headers).build());
  }

  Answer put(String path, Map<String, ?> body) throws IOException {
    return send("PUT", path, body);
  }

  Answer patch(String path, Map<String, ?> body) throws IOException {
    return send("PATCH", path, body);
  }

  private Answer send(String method, String path, Map<String, ?> body) throws IOException {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(JSON.writeValueAsString(body)))
            .build());
  }

  Answer delete(String path) throws IOException {
    return send(request(path).DELETE().build());
  }

  Answer press(URI link) throws IOException {
    return send(HttpRequest.newBuilder(link).POST(BodyPublishers.noBody()).build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(address.resolve(path))
        .timeout(PATIENCE)
        .header("Authorization", "Bearer " + apiKey);
  }

  private static Answer send(HttpRequest request) throws IOException {
    try {
      var response = CLIENT.send(request, BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
