package io.leverans.mail.simulator.google;

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
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Google's sign-in: its accounts, its words and its ID tokens. */
final class GoogleDialect implements SignInDialect {
  private static final Duration ID_TOKEN_LIFETIME = Duration.ofHours(1);
  private static final String PLAIN = "takes all mail";

  private final SigningKey key;
  private final Supplier<URI> issuer;
  private final InstantSource clock;

  GoogleDialect(SigningKey key, Supplier<URI> issuer, InstantSource clock) {
    this.key = key;
    this.issuer = issuer;
    this.clock = clock;
  }

  @Override
  public String provider() {
    return "Google";
  }

  @Override
  public List<SimulatedAccount> accounts() {
    List<SimulatedAccount> accounts = new ArrayList<>();
    accounts.add(accountOf("sandy@acme.example"));
    accounts.add(accountOf("sandy.private@gmail.example"));
    Arrays.stream(GoogleQuirk.values())
        .map(quirk -> accountOf(quirk.label() + "@acme.example"))
        .forEach(accounts::add);
    return accounts;
  }

  @Override
  public SimulatedAccount accountOf(String address) {
    var account = new SimulatedAccount(address, "Sandy Sandbox", PLAIN);
    String kind = isPersonal(account) ? "a personal account: " : "a company's account: ";
    String summary = GoogleQuirk.of(account).map(GoogleQuirk::summary).orElse(PLAIN);
    return new SimulatedAccount(account.address(), account.name(), kind + summary);
  }

  private static boolean isPersonal(SimulatedAccount account) {
    return account.domain().startsWith("gmail.") || account.domain().startsWith("googlemail.");
  }

  @Override
  public String meaningOf(String scope) {
    return GoogleScopes.meaningOf(scope);
  }

  @Override
  public Set<String> allowed(SimulatedAccount account, Set<String> asked) {
    Set<String> allowed = new LinkedHashSet<>(asked);
    if (GoogleQuirk.NO_SENDING.isOf(account)) {
      allowed.removeIf(scope -> GoogleScopes.maySend(Set.of(scope)));
    }
    return allowed;
  }

  /** Offline access is asked for, and told at the first consent or when consent is asked anew. */
  @Override
  public RefreshToken refreshToken(ConsentQuestion question, int livingGrants) {
    boolean offline = question.fields().first("access_type").equals(Optional.of("offline"));
    boolean anew =
        question.fields().first("prompt").filter(prompt -> prompt.contains("consent")).isPresent();
    return offline && (anew || livingGrants == 0) ? RefreshToken.GIVEN : RefreshToken.NOT_GIVEN;
  }

  @Override
  public void complete(ObjectNode answer, Granted granted) {
    if (granted.grant().scopes().contains("openid")) {
      answer.put("id_token", key.sign(claims(granted)));
    }
  }

  private ObjectNode claims(Granted granted) {
    Grant grant = granted.grant();
    Instant now = clock.instant();
    ObjectNode claims = JsonNodeFactory.instance.objectNode();
    claims
        .put("iss", issuer.get().toString())
        .put("azp", grant.clientId())
        .put("aud", grant.clientId())
        .put("sub", grant.account().subject())
        .put("iat", now.getEpochSecond())
        .put("exp", now.plus(ID_TOKEN_LIFETIME).getEpochSecond());
    if (granted.source() == TokenSource.CODE) {
      grant.nonce().ifPresent(nonce -> claims.put("nonce", nonce));
    }
    describe(claims, grant);
    return claims;
  }

  /** Who somebody is, as far as the application may know. */
  static void describe(ObjectNode claims, Grant grant) {
    SimulatedAccount account = grant.account();
    if (grant.scopes().stream().anyMatch(scope -> scope.endsWith("email"))) {
      claims.put("email", account.address()).put("email_verified", true);
      if (!isPersonal(account)) {
        claims.put("hd", account.domain());
      }
    }
    if (grant.scopes().stream().anyMatch(scope -> scope.endsWith("profile"))) {
      claims.put("name", account.name());
    }
  }

  @Override
  public ObjectNode refusal(TokenRefusal why) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("error", why.error())
        .put("error_description", words(why));
  }

  private static String words(TokenRefusal why) {
    return switch (why) {
      case CLIENT_UNKNOWN -> "The OAuth client was not found.";
      case CLIENT_SECRET_WRONG -> "Unauthorized";
      case CODE_UNKNOWN -> "Malformed auth code.";
      case CODE_USED, CODE_EXPIRED, REDIRECT_DIFFERS -> "Bad Request";
      case VERIFIER_MISSING -> "Missing code verifier.";
      case VERIFIER_WRONG -> "Invalid code verifier.";
      case ACCESS_REVOKED -> "Token has been expired or revoked.";
      case FIELD_MISSING -> "Missing required parameter";
      case GRANT_TYPE_UNKNOWN -> "Invalid grant_type";
    };
  }
}
