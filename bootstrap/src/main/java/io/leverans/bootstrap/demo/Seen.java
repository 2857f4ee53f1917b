package io.leverans.bootstrap.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * What the recipient of one message saw.
 *
 * @param via the domain shown beside the author, or "-"
 * @param dkim the verdict on its signature
 * @param copy where a copy lies that the author finds without us, or "-"
 */
public record Seen(
    Route route, String from, String via, String dkim, String returnPath, String copy) {
  static Seen of(Route route, JsonNode mail, Optional<String> copy) {
    return new Seen(
        route,
        mail.path("from").asText("-"),
        mail.path("via").asText("-"),
        mail.path("dkim").path("verdict").asText("-"),
        shortened(mail.path("returnPath").asText("-")),
        copy.orElse("-"));
  }

  /** A return path of ours is long; its beginning and its domain tell enough. */
  private static String shortened(String returnPath) {
    int at = returnPath.lastIndexOf('@');
    int shown = 6;
    return at > 3 * shown
        ? returnPath.substring(0, shown) + "…" + returnPath.substring(at)
        : returnPath;
  }

  List<String> cells() {
    return List.of(route.title(), from, via, dkim, returnPath, copy);
  }
}
