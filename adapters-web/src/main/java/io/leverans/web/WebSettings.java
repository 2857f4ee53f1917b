package io.leverans.web;

import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Where and as what the HTTP server shows itself.
 *
 * @param host the address to listen on
 * @param port the port to listen on; 0 for any free one
 * @param spool a folder of the server's own, for large bodies while they are worked on
 * @param publicUrl where people and applications reach it, such as {@code https://mail.example.com}
 */
public record WebSettings(String host, int port, Path spool, URI publicUrl, Mode mode) {
  private static final int MAX_PORT = 65_535;

  public WebSettings {
    Objects.requireNonNull(host);
    Objects.requireNonNull(spool);
    Objects.requireNonNull(publicUrl);
    Objects.requireNonNull(mode);
    if (port < 0 || port > MAX_PORT) {
      throw new IllegalArgumentException("a port lies between 0 and 65535, not " + port);
    }
  }
}
