package io.leverans.bootstrap.sandbox;

import java.util.Map;
import java.util.Objects;

/**
 * The simulated company's own mail server, as somebody has to know it who wants to send through it.
 *
 * @param startTlsPort where the connection is encrypted after a greeting
 * @param tlsPort where it is encrypted from the first byte
 * @param password of every user
 * @param authority the certificate, as PEM text, that vouches for the server's
 * @param fingerprint SHA-256 of the server's certificate, in hexadecimal digits
 */
public record CompanyServer(
    String host,
    int startTlsPort,
    int tlsPort,
    String password,
    String authority,
    String fingerprint) {
  public CompanyServer {
    Objects.requireNonNull(host);
    Objects.requireNonNull(password);
    Objects.requireNonNull(authority);
    Objects.requireNonNull(fingerprint);
  }

  /** What to fill in to connect it. */
  public Map<String, String> settings(String user) {
    return Map.of(
        "host", host,
        "port", String.valueOf(startTlsPort),
        "security", "starttls",
        "username", user,
        "password", password,
        "ca", authority);
  }
}
