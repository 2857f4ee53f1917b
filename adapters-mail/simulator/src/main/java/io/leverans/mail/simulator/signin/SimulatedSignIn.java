package io.leverans.mail.simulator.signin;

import io.leverans.mail.simulator.signin.SignInSettings.Renewals;
import io.leverans.mail.simulator.signin.TokenResult.Granted;
import io.leverans.mail.simulator.signin.TokenResult.Refused;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Codes and tokens of a simulated provider (RFC 6749, RFC 7636, RFC 7009): what a person allows is
 * a grant; a code stands for it once, a refresh token until the person takes it back, an access
 * token for a while. Safe for use by many threads.
 */
public final class SimulatedSignIn {
  private final SignInSettings settings;
  private final InstantSource clock;
  private final Map<String, Code> codes = new HashMap<>();
  private final Map<String, Ticket> accessTokens = new HashMap<>();
  private final KeptGrants grants;

  public SimulatedSignIn(SignInSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    this.grants = new KeptGrants(settings.keptAt());
  }

  /** Whether the application gets a refresh token for a grant. */
  public enum RefreshToken {
    GIVEN,
    NOT_GIVEN
  }

  private record Code(
      Grant grant, ConsentQuestion question, RefreshToken refresh, Instant until, Use use) {
    Code used() {
      return new Code(grant, question, refresh, until, Use.USED);
    }
  }

  private enum Use {
    UNUSED,
    USED
  }

  private record Ticket(Access access, Instant until) {}

  public SignInSettings settings() {
    return settings;
  }

  /** Takes down what a person allowed; the code that stands for it can be redeemed once. */
  public synchronized String allow(
      ConsentQuestion question,
      SimulatedAccount account,
      Set<String> scopes,
      RefreshToken refresh) {
    var grant =
        new Grant(RandomTokens.next(), question.clientId(), account, scopes, question.nonce());
    String code = "4/0" + RandomTokens.next();
    Instant until = clock.instant().plus(settings.codeLifetime());
    codes.put(code, new Code(grant, question, refresh, until, Use.UNUSED));
    return code;
  }

  /**
   * Gives tokens for a code, once; a second time takes back what the first gave (RFC 6749 section
   * 4.1.2).
   */
  public synchronized TokenResult redeem(
      SignInClient client, String code, String redirectUri, Optional<String> verifier) {
    Optional<TokenRefusal> refusal =
        refusalOf(client).or(() -> refusalOf(code, redirectUri, verifier));
    if (refusal.isPresent()) {
      return new Refused(refusal.get());
    }
    Code redeemed = codes.get(code);
    if (redeemed == null) {
      return new Refused(TokenRefusal.CODE_UNKNOWN);
    }
    codes.put(code, redeemed.used());
    Optional<String> refresh =
        switch (redeemed.refresh()) {
          case GIVEN -> Optional.of(newRefreshToken());
          case NOT_GIVEN -> Optional.empty();
        };
    refresh.ifPresent(token -> grants.put(token, redeemed.grant()));
    return granted(redeemed.grant(), TokenSource.CODE, refresh);
  }

  /** Gives a new access token for a refresh token. */
  public synchronized TokenResult renew(SignInClient client, String refreshToken) {
    Optional<TokenRefusal> refusal = refusalOf(client);
    if (refusal.isPresent()) {
      return new Refused(refusal.get());
    }
    Optional<Grant> grant = grants.find(refreshToken);
    if (grant.isEmpty()) {
      return new Refused(TokenRefusal.ACCESS_REVOKED);
    }
    Optional<String> next = Optional.empty();
    if (settings.renewals() == Renewals.REPLACE_REFRESH_TOKEN) {
      next = Optional.of(newRefreshToken());
      grants.replace(refreshToken, next.get());
    }
    return granted(grant.get(), TokenSource.REFRESH_TOKEN, next);
  }

  /** What became of a wish to take a token back. */
  public enum Revocation {
    DONE,
    TOKEN_UNKNOWN
  }

  /** Takes back the whole grant of an access or refresh token. */
  public synchronized Revocation revoke(String token) {
    Optional<String> grant =
        grants.find(token).or(() -> grantOf(token).map(Access::grant)).map(Grant::id);
    grant.ifPresent(id -> removeAll(Set.of(id)));
    return grant.isPresent() ? Revocation.DONE : Revocation.TOKEN_UNKNOWN;
  }

  /** Takes back all that the owner of an account allowed, as on the provider's account page. */
  public synchronized void removeAccess(SimulatedAccount account) {
    Set<String> ids = new HashSet<>();
    codes.values().stream()
        .map(Code::grant)
        .filter(grant -> grant.account().address().equals(account.address()))
        .forEach(grant -> ids.add(grant.id()));
    ids.addAll(grants.idsOf(account));
    removeAll(ids);
  }

  /** What an access token stands for, as long as it is good. */
  public synchronized Optional<Access> grantOf(String accessToken) {
    return Optional.ofNullable(accessTokens.get(accessToken))
        .filter(ticket -> clock.instant().isBefore(ticket.until()))
        .map(Ticket::access);
  }

  /** How many refresh tokens of an account are good. */
  public synchronized int refreshTokens(SimulatedAccount account) {
    return grants.idsOf(account).size();
  }

  /** The accounts with a refresh token that is good. */
  public synchronized Set<SimulatedAccount> connected() {
    return grants.accounts();
  }

  private Granted granted(Grant grant, TokenSource source, Optional<String> refresh) {
    Instant now = clock.instant();
    accessTokens.values().removeIf(ticket -> !now.isBefore(ticket.until()));
    String access = "ya29." + RandomTokens.next();
    var ticket = new Ticket(new Access(grant, source), now.plus(settings.accessLifetime()));
    accessTokens.put(access, ticket);
    return new Granted(grant, source, access, refresh);
  }

  private static String newRefreshToken() {
    return "1//" + RandomTokens.next();
  }

  private void removeAll(Set<String> grantIds) {
    grants.removeAll(grantIds);
    accessTokens.values().removeIf(ticket -> grantIds.contains(ticket.access().grant().id()));
    codes.values().removeIf(code -> grantIds.contains(code.grant().id()));
  }

  private Optional<TokenRefusal> refusalOf(SignInClient client) {
    if (!client.id().equals(settings.client().id())) {
      return Optional.of(TokenRefusal.CLIENT_UNKNOWN);
    }
    return client.secret().equals(settings.client().secret())
        ? Optional.empty()
        : Optional.of(TokenRefusal.CLIENT_SECRET_WRONG);
  }

  private Optional<TokenRefusal> refusalOf(
      String text, String redirectUri, Optional<String> verifier) {
    Code code = codes.get(text);
    if (code == null) {
      return Optional.of(TokenRefusal.CODE_UNKNOWN);
    }
    if (code.use() == Use.USED) {
      removeAll(Set.of(code.grant().id()));
      return Optional.of(TokenRefusal.CODE_USED);
    }
    if (!clock.instant().isBefore(code.until())) {
      return Optional.of(TokenRefusal.CODE_EXPIRED);
    }
    if (!code.question().redirectUri().equals(redirectUri)) {
      return Optional.of(TokenRefusal.REDIRECT_DIFFERS);
    }
    return refusalOf(code.question().challenge(), verifier);
  }

  private static Optional<TokenRefusal> refusalOf(
      Optional<String> challenge, Optional<String> verifier) {
    if (challenge.isEmpty()) {
      return Optional.empty();
    }
    if (verifier.isEmpty()) {
      return Optional.of(TokenRefusal.VERIFIER_MISSING);
    }
    return challengeOf(verifier.get()).equals(challenge.get())
        ? Optional.empty()
        : Optional.of(TokenRefusal.VERIFIER_WRONG);
  }

  private static String challengeOf(String verifier) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
