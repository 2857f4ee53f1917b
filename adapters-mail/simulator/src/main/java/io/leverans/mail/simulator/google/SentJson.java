package io.leverans.mail.simulator.google;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.util.Base64;
import java.util.Optional;

/** A message as applications write it in JSON. */
final class SentJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private SentJson() {}

  /**
   * Reads JSON; nothing reads as an empty object.
   *
   * @throws IllegalArgumentException if it is none
   */
  static JsonNode read(byte[] body) {
    try {
      return body.length == 0 ? JsonNodeFactory.instance.objectNode() : JSON.readTree(body);
    } catch (IOException malformed) {
      throw new IllegalArgumentException("no JSON", malformed);
    }
  }

  static Optional<String> threadId(JsonNode message) {
    return Optional.of(message.path("threadId").asText()).filter(id -> !id.isEmpty());
  }

  /** The mail in {@code raw}; empty if there is none or if it is no base64url. */
  static Optional<Submission> submission(JsonNode message) {
    String raw = message.path("raw").asText().replace('+', '-').replace('/', '_');
    if (raw.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Submission(Base64.getUrlDecoder().decode(raw), threadId(message)));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
