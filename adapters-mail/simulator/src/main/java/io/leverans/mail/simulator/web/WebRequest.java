package io.leverans.mail.simulator.web;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A request that was read whole. */
public final class WebRequest {
  private static final String BEARER = "bearer ";

  private final String method;
  private final URI address;
  private final Map<String, List<String>> headers;
  private final byte[] body;

  WebRequest(String method, URI address, Map<String, List<String>> headers, byte[] body) {
    this.method = method;
    this.address = address;
    this.headers = headers;
    this.body = body;
  }

  public String method() {
    return method;
  }

  /** The path of the address, escapes undone. */
  public String path() {
    return address.getPath();
  }

  /**
   * The fields of the address.
   *
   * @throws IllegalArgumentException if they are malformed
   */
  public Fields query() {
    return Fields.parse(Optional.ofNullable(address.getRawQuery()).orElse(""));
  }

  /**
   * The fields of a form in the body.
   *
   * @throws IllegalArgumentException if they are malformed
   */
  public Fields form() {
    return Fields.parse(text());
  }

  /** The first header of this name, compared without regard to case. */
  public Optional<String> header(String name) {
    return headers.entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .flatMap(header -> header.getValue().stream())
        .findFirst();
  }

  /** The access token that the client shows (RFC 6750 section 2.1). */
  public Optional<String> bearer() {
    return header("Authorization")
        .filter(value -> value.toLowerCase(Locale.ROOT).startsWith(BEARER))
        .map(value -> value.substring(BEARER.length()).strip());
  }

  /** The body itself, not a copy. */
  public byte[] body() {
    return body;
  }

  /** The body as text. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
