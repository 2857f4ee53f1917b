package io.leverans.mail.simulator.google;

import java.net.URI;

/**
 * Where an application finds the parts of the simulated Google.
 *
 * @param issuer what its ID tokens name as their issuer
 * @param authorize the consent page
 * @param token where codes and refresh tokens become access
 * @param revoke where a token is taken back
 * @param certs the keys that its ID tokens are signed with
 * @param userinfo who an access token belongs to
 * @param api the root of the Gmail API
 * @param connections the page on which people take back what they allowed
 */
public record GoogleEndpoints(
    URI issuer,
    URI authorize,
    URI token,
    URI revoke,
    URI certs,
    URI userinfo,
    URI api,
    URI connections) {

  static final String AUTHORIZE = "/o/oauth2/v2/auth";
  static final String TOKEN = "/token";
  static final String REVOKE = "/revoke";
  static final String CERTS = "/oauth2/v3/certs";
  static final String USERINFO = "/v1/userinfo";
  static final String CONNECTIONS = "/connections";

  static GoogleEndpoints at(URI root) {
    return new GoogleEndpoints(
        root,
        root.resolve(AUTHORIZE),
        root.resolve(TOKEN),
        root.resolve(REVOKE),
        root.resolve(CERTS),
        root.resolve(USERINFO),
        root.resolve("/"),
        root.resolve(CONNECTIONS));
  }
}
