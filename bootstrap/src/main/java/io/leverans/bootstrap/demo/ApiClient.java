package io.leverans.bootstrap.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Uses the HTTP API as any application would. */
final class ApiClient implements AutoCloseable {
  private static final Pattern LINK = Pattern.compile("https?://\\S+/verify/\\S+");
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI service;
  private final String apiKey;

  ApiClient(URI service, String apiKey) {
    this.service = service;
    this.apiKey = apiKey;
  }

  /** Makes an identity; its id. */
  String createIdentity(String address, String name) {
    ObjectNode body = JSON.createObjectNode().put("address", address).put("name", name);
    return json(send(post("/v1/identities", body), 201)).path("id").asText();
  }

  /** The link in the verification mail that the address got; empty while there is none. */
  Optional<URI> verificationLink(String address) {
    String query = URLEncoder.encode(address, StandardCharsets.UTF_8);
    JsonNode mails = json(send(get("/sandbox/inbox?address=" + query), 200));
    Matcher link = LINK.matcher(mails.path("items").path(0).path("text").asText());
    return link.find() ? Optional.of(URI.create(link.group())) : Optional.empty();
  }

  /** Presses the button on the page behind the link. */
  void press(URI link) {
    var _ = send(HttpRequest.newBuilder(link).POST(BodyPublishers.noBody()).build(), 200);
  }

  /** Sends a message; its id. */
  String submit(String identity, String recipient, String subject) {
    ObjectNode body =
        JSON.createObjectNode()
            .put("identityId", identity)
            .put("to", recipient)
            .put("subject", subject)
            .put("text", "A message of the demo, to " + recipient + ".");
    return json(send(post("/v1/messages", body), 202)).path("id").asText();
  }

  JsonNode message(String id) {
    return json(send(get("/v1/messages/" + id), 200));
  }

  private HttpRequest get(String path) {
    return to(path).GET().build();
  }

  private HttpRequest post(String path, JsonNode body) {
    return to(path)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body.toString()))
        .build();
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(service.resolve(path))
        .header("Authorization", "Bearer " + apiKey);
  }

  private String send(HttpRequest request, int expected) {
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      if (response.statusCode() != expected) {
        throw new IllegalStateException(
            "%s %s answered %d: %s"
                .formatted(
                    request.method(), request.uri(), response.statusCode(), response.body()));
      }
      return response.body();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot reach " + request.uri(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
