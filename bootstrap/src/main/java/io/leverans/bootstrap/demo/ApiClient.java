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
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Uses the HTTP API as any application would. */
final class ApiClient implements AutoCloseable {
  private static final Pattern LINK = Pattern.compile("https?://\\S+/verify/\\S+");
  private static final Pattern CONNECTED =
      Pattern.compile("[?&]outcome=connected&channel=([0-9a-f-]+)");
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
    return json(send(request("POST", "/v1/identities", body), 201)).path("id").asText();
  }

  /** The link in the verification mail that the address got; empty while there is none. */
  Optional<URI> verificationLink(String address) {
    Matcher link = LINK.matcher(arrived(address).path("text").asText());
    return link.find() ? Optional.of(URI.create(link.group())) : Optional.empty();
  }

  /** Presses the button on the page behind the link. */
  void press(URI link) {
    var _ = send(HttpRequest.newBuilder(link).POST(BodyPublishers.noBody()).build(), 200);
  }

  /** Connects a channel of one's own; its id. */
  String connectChannel(String kind, Map<String, String> settings) {
    ObjectNode body = JSON.createObjectNode().put("kind", kind);
    ObjectNode filledIn = body.putObject("settings");
    settings.forEach(filledIn::put);
    return json(send(request("POST", "/v1/channels", body), 201)).path("id").asText();
  }

  /**
   * Connects an account, whose owner lets the platform in on the simulated provider's page; the id
   * of the channel.
   */
  String connectAccount(String kind, String account) {
    URI end = service.resolve("/");
    ObjectNode body = JSON.createObjectNode().put("kind", kind).put("redirect", end.toString());
    JsonNode begun = json(send(request("POST", "/v1/channels/connect", body), 201));
    try (var owner = new ConsentWalk()) {
      ConsentWalk.Page last = owner.allow(URI.create(begun.path("consentPage").asText()), account);
      Matcher channel = CONNECTED.matcher(last.address().toString());
      if (!channel.find()) {
        throw new IllegalStateException(
            "%s could not be connected; the browser ended at %s"
                .formatted(account, last.address()));
      }
      return channel.group(1);
    }
  }

  /** The id of the platform's channel of a kind. */
  String platformChannel(String kind) {
    for (JsonNode channel : json(send(get("/v1/channels"), 200)).path("items")) {
      if (channel.path("kind").asText().equals(kind)
          && channel.path("owner").asText().equals("platform")) {
        return channel.path("id").asText();
      }
    }
    throw new IllegalStateException("the platform has no channel of the kind " + kind);
  }

  /** How many messages may pass a channel in a second. */
  void setPace(String channel, int messagesASecond) {
    ObjectNode body = JSON.createObjectNode();
    body.putArray("pace")
        .addObject()
        .put("atMost", messagesASecond)
        .put("counted", "messages")
        .put("window", "PT1S");
    var _ = send(request("PATCH", "/v1/channels/" + channel, body), 200);
  }

  void chooseChannel(String identity, String channel) {
    ObjectNode body = JSON.createObjectNode().put("channelId", channel);
    var _ = send(request("PUT", "/v1/identities/" + identity + "/channel", body), 200);
  }

  /** The newest mail that the address got. */
  JsonNode arrived(String address) {
    String query = URLEncoder.encode(address, StandardCharsets.UTF_8);
    return json(send(get("/sandbox/inbox?address=" + query), 200)).path("items").path(0);
  }

  /** Sends a message; its id. */
  String submit(String identity, String recipient, String subject) {
    ObjectNode body =
        JSON.createObjectNode()
            .put("identityId", identity)
            .put("to", recipient)
            .put("subject", subject)
            .put("text", "A message of the demo, to " + recipient + ".");
    return json(send(request("POST", "/v1/messages", body), 202)).path("id").asText();
  }

  JsonNode message(String id) {
    return json(send(get("/v1/messages/" + id), 200));
  }

  private HttpRequest get(String path) {
    return to(path).GET().build();
  }

  private HttpRequest request(String method, String path, JsonNode body) {
    return to(path)
        .header("Content-Type", "application/json")
        .method(method, BodyPublishers.ofString(body.toString()))
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
