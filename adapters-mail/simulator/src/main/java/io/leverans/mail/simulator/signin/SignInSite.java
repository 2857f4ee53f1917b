package io.leverans.mail.simulator.signin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leverans.mail.simulator.signin.ConsentQuestion.Reading.Understood;
import io.leverans.mail.simulator.signin.ConsentQuestion.Reading.Wrong;
import io.leverans.mail.simulator.signin.SimulatedSignIn.RefreshToken;
import io.leverans.mail.simulator.signin.SimulatedSignIn.Revocation;
import io.leverans.mail.simulator.signin.TokenResult.Granted;
import io.leverans.mail.simulator.signin.TokenResult.Refused;
import io.leverans.mail.simulator.web.Fields;
import io.leverans.mail.simulator.web.WebAnswer;
import io.leverans.mail.simulator.web.WebRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The pages and endpoints of a simulated sign-in over HTTP. The provider decides on their paths.
 * Safe for use by many threads.
 */
public final class SignInSite {
  private static final String BASIC = "basic ";

  private final SimulatedSignIn signIn;
  private final SignInDialect dialect;
  private final ConsentPage page;

  public SignInSite(SimulatedSignIn signIn, SignInDialect dialect) {
    this.signIn = signIn;
    this.dialect = dialect;
    this.page = new ConsentPage(dialect);
  }

  /** Shows the consent page, and takes what a person pressed there. */
  public WebAnswer authorization(WebRequest request) {
    boolean pressed = request.method().equals("POST");
    Fields fields = pressed ? request.form() : request.query();
    return switch (ConsentQuestion.read(fields, signIn.settings().client().id())) {
      case Understood(ConsentQuestion question) ->
          pressed ? decided(question) : WebAnswer.page(200, page.of(question, request.path()));
      case Wrong(String error, String words) -> WebAnswer.page(400, page.refusal(error, words));
    };
  }

  private WebAnswer decided(ConsentQuestion question) {
    Optional<String> address = question.fields().first("account");
    Map<String, String> result = new LinkedHashMap<>();
    question.state().ifPresent(state -> result.put("state", state));
    if (address.isEmpty()) {
      result.put("error", "access_denied");
    } else {
      SimulatedAccount account = dialect.accountOf(address.get());
      Set<String> allowed = dialect.allowed(account, question.scopes());
      RefreshToken refresh = dialect.refreshToken(question, signIn.refreshTokens(account));
      result.put("code", signIn.allow(question, account, allowed, refresh));
      result.put("scope", String.join(" ", allowed));
    }
    String separator = question.redirectUri().contains("?") ? "&" : "?";
    return WebAnswer.redirect(question.redirectUri() + separator + Fields.encode(result));
  }

  /** Gives tokens for a code or a refresh token. */
  public WebAnswer token(WebRequest request) {
    Fields form = request.form();
    TokenResult result =
        switch (form.first("grant_type").orElse("")) {
          case "authorization_code" ->
              form.first("code")
                  .map(
                      code ->
                          signIn.redeem(
                              client(request, form),
                              code,
                              form.first("redirect_uri").orElse(""),
                              form.first("code_verifier")))
                  .orElseGet(() -> new Refused(TokenRefusal.FIELD_MISSING));
          case "refresh_token" ->
              form.first("refresh_token")
                  .map(token -> signIn.renew(client(request, form), token))
                  .orElseGet(() -> new Refused(TokenRefusal.FIELD_MISSING));
          default -> new Refused(TokenRefusal.GRANT_TYPE_UNKNOWN);
        };
    return switch (result) {
      case Granted granted -> WebAnswer.json(200, answer(granted));
      case Refused(TokenRefusal why) -> WebAnswer.json(why.status(), dialect.refusal(why));
    };
  }

  /** Takes a token back, and with it all that it stands for. */
  public WebAnswer revocation(WebRequest request) {
    String token =
        request.form().first("token").or(() -> request.query().first("token")).orElse("");
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    return switch (signIn.revoke(token)) {
      case Revocation.DONE -> WebAnswer.json(200, body);
      case Revocation.TOKEN_UNKNOWN ->
          WebAnswer.json(
              400,
              body.put("error", "invalid_token")
                  .put("error_description", "Token expired or revoked"));
    };
  }

  /** Shows who is connected, and takes back what a person no longer allows. */
  public WebAnswer connections(WebRequest request) {
    if (request.method().equals("POST")) {
      request.form().first("account").map(dialect::accountOf).ifPresent(signIn::removeAccess);
      return WebAnswer.redirect(request.path());
    }
    return WebAnswer.page(200, page.connections(signIn.connected(), request.path()));
  }

  private ObjectNode answer(Granted granted) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer
        .put("access_token", granted.access())
        .put("expires_in", signIn.settings().accessLifetime().toSeconds())
        .put("scope", String.join(" ", granted.grant().scopes()))
        .put("token_type", "Bearer");
    granted.refresh().ifPresent(token -> answer.put("refresh_token", token));
    dialect.complete(answer, granted);
    return answer;
  }

  /** Who asks, by the header or by the form (RFC 6749 section 2.3.1). */
  private static SignInClient client(WebRequest request, Fields form) {
    Optional<String> basic =
        request
            .header("Authorization")
            .filter(value -> value.toLowerCase(Locale.ROOT).startsWith(BASIC));
    if (basic.isEmpty()) {
      return new SignInClient(
          form.first("client_id").orElse(""), form.first("client_secret").orElse(""));
    }
    byte[] decoded = Base64.getDecoder().decode(basic.get().substring(BASIC.length()).strip());
    String[] parts = new String(decoded, StandardCharsets.UTF_8).split(":", 2);
    return new SignInClient(
        Fields.decoded(parts[0]), parts.length == 1 ? "" : Fields.decoded(parts[1]));
  }
}
