package io.leverans.mail.oauth;

import com.nimbusds.oauth2.sdk.AccessTokenResponse;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.AuthorizationRequest;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenRevocationRequest;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.oauth2.sdk.token.AccessTokenType;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import com.nimbusds.oauth2.sdk.util.JSONObjectUtils;
import io.leverans.application.port.provider.ConsentAnswer;
import io.leverans.application.port.provider.ConsentFlow.GivenBack;
import io.leverans.application.port.provider.ConsentRequest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gets access from one server: authorization code with PKCE (RFC 6749 §4.1, RFC 7636), and its
 * renewal (§6). Each call asks once and is done after ten seconds; nothing is tried again, no
 * redirect is followed, and no secret stands in words. Safe for use by many threads.
 */
public final class OAuthClient implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration UNTOLD_LIFE = Duration.ofMinutes(5);
  private static final Duration LONGEST_LIFE = Duration.ofDays(30);
  private static final String BEGIN_AGAIN =
      "Begin again, and finish on the provider's page within a few minutes.";
  private static final String CONNECT_AGAIN =
      "Connect the channel again: sign in on the provider's page and let the platform in.";

  private final OAuthServer server;
  private final InstantSource clock;
  private final FormPost post;
  private final Refusals refusals;

  public OAuthClient(OAuthServer server, InstantSource clock) {
    this(server, clock, PATIENCE);
  }

  OAuthClient(OAuthServer server, InstantSource clock, Duration patience) {
    this.server = server;
    this.clock = clock;
    this.post = new FormPost(patience);
    this.refusals = new Refusals(server);
  }

  /** The page to lead the owner's browser to. Nobody is asked. */
  public URI page(ConsentRequest request) {
    return page(request, Map.of());
  }

  /**
   * The page, opened with something known of the owner.
   *
   * @param more such as {@code login_hint}
   */
  public URI page(ConsentRequest request, Map<String, String> more) {
    var page =
        new AuthorizationRequest.Builder(ResponseType.CODE, new ClientID(server.clientId()))
            .endpointURI(server.authorizationEndpoint())
            .redirectionURI(request.redirect())
            .scope(scope(server.scopes()))
            .state(new State(request.state()))
            .codeChallenge(new CodeVerifier(request.verifier()), CodeChallengeMethod.S256)
            .customParameter("nonce", request.nonce());
    server.extra().forEach(page::customParameter);
    more.forEach(page::customParameter);
    return page.build().toURI();
  }

  /** Trades the code that the owner's browser brought. */
  public TokenAnswer redeem(ConsentAnswer answer) {
    if (answer.code().isBlank()) {
      return new TokenAnswer.NotReached(server.name() + " gave no code.");
    }
    var grant =
        new AuthorizationCodeGrant(
            new AuthorizationCode(answer.code()),
            answer.redirect(),
            new CodeVerifier(answer.verifier()));
    return ask(grant, List.of(answer.code(), answer.verifier()), server.scopes(), BEGIN_AGAIN);
  }

  /** Renews access. The server may void the token at once and give another in its place. */
  public TokenAnswer refresh(String refreshToken) {
    var grant = new RefreshTokenGrant(new RefreshToken(refreshToken));
    return ask(grant, List.of(refreshToken), List.of(), CONNECT_AGAIN);
  }

  /**
   * Gives access back (RFC 7009): with a refresh token that is all of what the owner consented to.
   */
  public GivenBack revoke(String refreshToken) {
    if (server.revocationEndpoint().isEmpty()) {
      return GivenBack.NOT_OFFERED;
    }
    URI endpoint = server.revocationEndpoint().get();
    var request =
        new TokenRevocationRequest(endpoint, authentication(), new RefreshToken(refreshToken));
    return switch (post.send(endpoint, request.toHTTPRequest().getBody())) {
      case FormPost.Reply.Answer(var status, _) when status / 100 == 2 -> GivenBack.DONE;
      case FormPost.Reply.Answer(_, var body) when isGone(body) -> GivenBack.DONE;
      case FormPost.Reply.Answer _, FormPost.Reply.None _ -> GivenBack.FAILED;
    };
  }

  /** A token that is good for nothing should be answered with 200 (§2.2); Google has an error. */
  private static boolean isGone(String body) {
    try {
      return "invalid_token".equals(ErrorObject.parse(JSONObjectUtils.parse(body)).getCode());
    } catch (ParseException | IllegalArgumentException _) {
      return false;
    }
  }

  private TokenAnswer ask(
      AuthorizationGrant grant, List<String> secrets, List<String> asked, String again) {
    URI endpoint = server.tokenEndpoint();
    var request = new TokenRequest.Builder(endpoint, authentication(), grant).build();
    return switch (post.send(endpoint, request.toHTTPRequest().getBody())) {
      case FormPost.Reply.None(var words) ->
          new TokenAnswer.NotReached(server.name() + " " + words + ".");
      case FormPost.Reply.Answer(var status, _) when Refusals.isTrouble(status) ->
          new TokenAnswer.NotReached(
              "%s has trouble of its own: it answered %d.".formatted(server.name(), status));
      case FormPost.Reply.Answer(var status, var body) when status / 100 == 2 ->
          tokens(body, asked);
      case FormPost.Reply.Answer(var status, var body) when status / 100 == 4 ->
          refusal(status, body, secrets, again);
      case FormPost.Reply.Answer(var status, _) -> senseless(status);
    };
  }

  private TokenAnswer tokens(String body, List<String> asked) {
    Instant now = clock.instant();
    try {
      AccessTokenResponse response = AccessTokenResponse.parse(JSONObjectUtils.parse(body));
      AccessToken access = response.getTokens().getAccessToken();
      if (!AccessTokenType.BEARER.equals(access.getType())) {
        return senseless(200);
      }
      return new TokenAnswer.Tokens(
          access.getValue(),
          now.plus(life(access.getLifetime())),
          Optional.ofNullable(response.getTokens().getRefreshToken()).map(RefreshToken::getValue),
          Optional.ofNullable(access.getScope()).map(Scope::toStringList).orElse(asked),
          Optional.ofNullable(response.getCustomParameters().get("id_token")).map(String::valueOf));
    } catch (ParseException | IllegalArgumentException _) {
      return senseless(200);
    }
  }

  /** A server should tell (RFC 6749 §5.1); what it tells is its own, and taken with care. */
  private static Duration life(long seconds) {
    if (seconds <= 0) {
      return UNTOLD_LIFE;
    }
    return Duration.ofSeconds(Math.min(seconds, LONGEST_LIFE.toSeconds()));
  }

  private TokenAnswer refusal(int status, String body, List<String> asked, String again) {
    List<String> secrets = new ArrayList<>(asked);
    secrets.add(server.clientSecret());
    try {
      ErrorObject error = ErrorObject.parse(JSONObjectUtils.parse(body));
      return error.getCode() == null ? senseless(status) : refusals.meaning(error, secrets, again);
    } catch (ParseException | IllegalArgumentException _) {
      return senseless(status);
    }
  }

  private TokenAnswer senseless(int status) {
    return new TokenAnswer.NotReached(
        "%s answered %d with what is no answer of OAuth. If this goes on, tell the operator that"
                .formatted(server.name(), status)
            + " the address of its token endpoint may be wrong.");
  }

  private ClientSecretPost authentication() {
    return new ClientSecretPost(new ClientID(server.clientId()), new Secret(server.clientSecret()));
  }

  private static Scope scope(List<String> names) {
    return new Scope(names.toArray(String[]::new));
  }

  @Override
  public void close() {
    post.close();
  }
}
