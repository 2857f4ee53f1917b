package io.leverans.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What came back. */
record Answer(HttpResponse<byte[]> response) {
  private static final ObjectMapper JSON = new ObjectMapper();

  int status() {
    return response.statusCode();
  }

  Optional<String> header(String name) {
    return response.headers().firstValue(name);
  }

  String text() {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  JsonNode json() {
    try {
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new AssertionError(text(), e);
    }
  }

  /** The value at a JSON pointer, as text. */
  String at(String pointer) {
    return json().at(pointer).asText();
  }

  /** The last part of a problem's type. */
  String problem() {
    return at("/type").replaceFirst("^/problems/", "");
  }
}
