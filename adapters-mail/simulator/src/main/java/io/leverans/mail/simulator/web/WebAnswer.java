package io.leverans.mail.simulator.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a simulated web server does about a request. */
public sealed interface WebAnswer {

  /** Answers with a text. */
  record Reply(int status, Map<String, String> headers, String body) implements WebAnswer {
    public Reply {
      headers = Map.copyOf(headers);
    }

    /** The same with one more header. */
    public Reply with(String name, String value) {
      var more = new LinkedHashMap<>(headers);
      more.put(name, value);
      return new Reply(status, more, body);
    }
  }

  /** Closes the connection without a byte. */
  record HangUp() implements WebAnswer {}

  /** A page that holds no scripts and is held by no other page. */
  static Reply page(int status, String html) {
    return new Reply(
        status,
        Map.of(
            "Content-Type",
            "text/html; charset=utf-8",
            "Cache-Control",
            "no-store",
            "Content-Security-Policy",
            "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"),
        html);
  }

  /** Data for programs. */
  static Reply json(int status, JsonNode body) {
    return new Reply(
        status,
        Map.of("Content-Type", "application/json; charset=UTF-8", "Cache-Control", "no-store"),
        body.toString());
  }

  /** No more than a status and headers. */
  static Reply empty(int status) {
    return new Reply(status, Map.of(), "");
  }

  /** Leads a browser elsewhere. */
  static Reply redirect(String address) {
    return empty(303).with("Location", address);
  }
}
