package io.leverans.mail.simulator.microsoft;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leverans.mail.simulator.signin.ConsentQuestion;
import io.leverans.mail.simulator.signin.Grant;
import io.leverans.mail.simulator.signin.SignInDialect;
import io.leverans.mail.simulator.signin.SigningKey;
import io.leverans.mail.simulator.signin.SimulatedAccount;
import io.leverans.mail.simulator.signin.SimulatedSignIn.RefreshToken;
import io.leverans.mail.simulator.signin.TokenRefusal;
import io.leverans.mail.simulator.signin.TokenResult.Granted;
import io.leverans.mail.simulator.signin.TokenSource;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/**
 * As Microsoft's identity platform answers
 * (https://learn.microsoft.com/en-us/entra/identity-platform/v2-oauth2-auth-code-flow).
 */
final class MicrosoftDialect implements SignInDialect {
  private static final Duration ID_TOKEN_LIFETIME = Duration.ofHours(1);
  private static final String TENANT = "9122040d-6c67-4c5b-b112-36a304b66dad";

  private final List<SimulatedAccount> accounts;
  private final SigningKey key;
  private final InstantSource clock;

  MicrosoftDialect(List<SimulatedAccount> accounts, SigningKey key, InstantSource clock) {
    this.accounts = List.copyOf(accounts);
    this.key = key;
    this.clock = clock;
  }

  @Override
  public String provider() {
    return "Microsoft";
  }

  @Override
  public List<SimulatedAccount> accounts() {
    return accounts;
  }

  @Override
  public SimulatedAccount accountOf(String address) {
    var account = new SimulatedAccount(address, "Sandy Sandbox", "a company's account");
    return accounts.stream()
        .filter(known -> known.address().equals(account.address()))
        .findFirst()
        .orElse(account);
  }

  @Override
  public String meaningOf(String scope) {
    return switch (scope) {
      case SimulatedMicrosoft.SEND -> "send mail as you, by SMTP";
      case "offline_access" -> "keep the access that you give";
      case "openid", "profile" -> "sign you in and read your profile";
      case "email" -> "see your email address";
      default -> scope;
    };
  }

  @Override
  public Set<String> allowed(SimulatedAccount account, Set<String> asked) {
    return asked;
  }

  @Override
  public RefreshToken refreshToken(ConsentQuestion question, int livingGrants) {
    return question.scopes().contains("offline_access")
        ? RefreshToken.GIVEN
        : RefreshToken.NOT_GIVEN;
  }

  /** {@code offline_access} is never told; it shows in the refresh token. */
  @Override
  public void complete(ObjectNode answer, Granted granted) {
    Grant grant = granted.grant();
    answer.put(
        "scope",
        String.join(
            " ",
            grant.scopes().stream().filter(scope -> !scope.equals("offline_access")).toList()));
    if (grant.scopes().contains("openid")) {
      answer.put("id_token", key.sign(claims(granted)));
    }
  }

  private ObjectNode claims(Granted granted) {
    Grant grant = granted.grant();
    Instant now = clock.instant();
    ObjectNode claims = JsonNodeFactory.instance.objectNode();
    claims
        .put("ver", "2.0")
        .put("iss", "https://login.microsoftonline.com/" + TENANT + "/v2.0")
        .put("tid", TENANT)
        .put("aud", grant.clientId())
        .put("sub", grant.account().subject())
        .put("iat", now.getEpochSecond())
        .put("nbf", now.getEpochSecond())
        .put("exp", now.plus(ID_TOKEN_LIFETIME).getEpochSecond());
    if (granted.source() == TokenSource.CODE) {
      grant.nonce().ifPresent(nonce -> claims.put("nonce", nonce));
    }
    if (grant.scopes().contains("email")) {
      claims.put("email", grant.account().address());
    }
    return claims;
  }

  @Override
  public ObjectNode refusal(TokenRefusal why) {
    int code = codeOf(why);
    ObjectNode refusal =
        JsonNodeFactory.instance
            .objectNode()
            .put("error", why == TokenRefusal.REDIRECT_DIFFERS ? "invalid_grant" : why.error())
            .put("error_description", "AADSTS%d: %s".formatted(code, wordsOf(why)));
    refusal.putArray("error_codes").add(code);
    return refusal;
  }

  private static int codeOf(TokenRefusal why) {
    return switch (why) {
      case CLIENT_UNKNOWN -> 700016;
      case CLIENT_SECRET_WRONG -> 7000215;
      case CODE_UNKNOWN -> 9002313;
      case CODE_USED -> 54005;
      case CODE_EXPIRED -> 70008;
      case VERIFIER_MISSING -> 501481;
      case VERIFIER_WRONG -> 501481;
      case REDIRECT_DIFFERS -> 500112;
      case ACCESS_REVOKED -> 50173;
      case FIELD_MISSING -> 900144;
      case GRANT_TYPE_UNKNOWN -> 70003;
    };
  }

  private static String wordsOf(TokenRefusal why) {
    return switch (why) {
      case CLIENT_UNKNOWN -> "Application with this identifier was not found in the directory.";
      case CLIENT_SECRET_WRONG -> "Invalid client secret provided.";
      case CODE_UNKNOWN -> "Invalid request. Request is malformed or invalid.";
      case CODE_USED -> "OAuth2 Authorization code was already redeemed.";
      case CODE_EXPIRED -> "The provided authorization code or refresh token has expired.";
      case VERIFIER_MISSING, VERIFIER_WRONG ->
          "The Code_Verifier does not match the code_challenge supplied in the request.";
      case REDIRECT_DIFFERS -> "The reply address does not match the one of the request.";
      case ACCESS_REVOKED ->
          "The provided grant has expired due to it being revoked, a fresh auth token is needed.";
      case FIELD_MISSING -> "The request body lacks a parameter that is required.";
      case GRANT_TYPE_UNKNOWN -> "The app requested an unsupported grant type.";
    };
  }
}
