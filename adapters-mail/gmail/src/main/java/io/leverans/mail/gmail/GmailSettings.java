package io.leverans.mail.gmail;

import io.leverans.application.port.provider.InvalidSettingException;
import io.leverans.application.port.provider.ProviderSettings;
import io.leverans.mail.oauth.OAuthServer;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * How the deployment is known to Google, and where Google is.
 *
 * @param client absent where the operator has not registered the platform yet
 * @param certificates the keys that ID tokens are signed with
 * @param issuer who signs them
 * @param userInfo who an account belongs to
 * @param api the root of the Gmail API
 */
record GmailSettings(
    Optional<Client> client,
    URI authorize,
    URI token,
    URI revoke,
    URI certificates,
    String issuer,
    URI userInfo,
    URI api,
    Trusted idTokens,
    Patience patience) {

  /** The platform, as registered with Google. */
  record Client(String id, String secret) {
    /** Without the secret. */
    @Override
    public String toString() {
      return "Client[" + id + "]";
    }
  }

  /** What makes an ID token trusted. */
  enum Trusted {
    /** Google's signature. */
    SIGNED,
    /**
     * That it came straight from the token endpoint over a trusted connection (OpenID Connect Core
     * §3.1.3.7 item 6).
     */
    DIRECT
  }

  /**
   * Reads the deployment's settings.
   *
   * @throws InvalidSettingException naming the first that cannot be used
   */
  static GmailSettings of(ProviderSettings settings) {
    return new GmailSettings(
        settings.find("client-id").map(id -> new Client(id, settings.require("client-secret"))),
        address(settings, "authorize-url", "https://accounts.google.com/o/oauth2/v2/auth"),
        address(settings, "token-url", "https://oauth2.googleapis.com/token"),
        address(settings, "revoke-url", "https://oauth2.googleapis.com/revoke"),
        address(settings, "certs-url", "https://www.googleapis.com/oauth2/v3/certs"),
        settings.find("issuer").orElse("https://accounts.google.com"),
        address(settings, "userinfo-url", "https://openidconnect.googleapis.com/v1/userinfo"),
        address(settings, "api-url", "https://gmail.googleapis.com/"),
        settings.choice("id-token", Trusted.SIGNED),
        new Patience(
            settings.duration("connect-timeout", Duration.ofSeconds(20)),
            settings.duration("answer-timeout", Duration.ofMinutes(2)),
            settings.duration("upload-timeout", Duration.ofMinutes(5))));
  }

  private static URI address(ProviderSettings settings, String key, String ifAbsent) {
    String text = settings.find(key).orElse(ifAbsent);
    return OAuthServer.endpoint(text)
        .orElseThrow(
            () ->
                new InvalidSettingException(
                    key,
                    "'%s' is not an address that begins with https://, or with http:// on this"
                            .formatted(text)
                        + " machine"));
  }

  /** The root of the API, with a slash at its end. */
  String apiRoot() {
    String text = api.toString();
    return text.endsWith("/") ? text : text + "/";
  }
}
