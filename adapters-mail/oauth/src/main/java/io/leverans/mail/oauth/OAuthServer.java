package io.leverans.mail.oauth;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A server that gives access (RFC 6749 §1.1), and who we are to it. The operator says which one it
 * is, never a member: we send our client secret there.
 *
 * @param name what a person calls it, for words
 * @param authorizationEndpoint the page that the owner is led to
 * @param revocationEndpoint where access is given back (RFC 7009), if that is possible
 * @param credentials the settings that hold client id and client secret, for words
 * @param extra parameters of the page beyond the standard's, such as {@code access_type}
 */
public record OAuthServer(
    String name,
    URI authorizationEndpoint,
    URI tokenEndpoint,
    Optional<URI> revocationEndpoint,
    String clientId,
    String clientSecret,
    String credentials,
    List<String> scopes,
    Map<String, String> extra) {
  /**
   * Checks that secrets travel encrypted, or not beyond this machine.
   *
   * @throws IllegalArgumentException if an address is no such place, or something is empty
   */
  public OAuthServer {
    scopes = List.copyOf(scopes);
    extra = Map.copyOf(extra);
    demandSafe(authorizationEndpoint);
    demandSafe(tokenEndpoint);
    revocationEndpoint.ifPresent(OAuthServer::demandSafe);
    if (name.isBlank() || clientId.isBlank() || clientSecret.isBlank() || scopes.isEmpty()) {
      throw new IllegalArgumentException("a name, a client id, its secret and scopes are needed");
    }
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "OAuthServer[" + name + ", " + tokenEndpoint + "]";
  }

  /** An address that secrets may be sent to, if that is what the text is. */
  public static Optional<URI> endpoint(String text) {
    try {
      return Optional.of(new URI(text)).filter(OAuthServer::isSafe);
    } catch (URISyntaxException _) {
      return Optional.empty();
    }
  }

  private static void demandSafe(URI endpoint) {
    if (!isSafe(endpoint)) {
      throw new IllegalArgumentException(
          "not an address that begins with https://, or with http:// on this machine: " + endpoint);
    }
  }

  private static boolean isSafe(URI endpoint) {
    String host = Objects.requireNonNullElse(endpoint.getHost(), "");
    boolean here =
        host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.\\d{1,3}){3}");
    return !host.isEmpty()
        && endpoint.getUserInfo() == null
        && endpoint.getFragment() == null
        && ("https".equals(endpoint.getScheme()) || ("http".equals(endpoint.getScheme()) && here));
  }
}
