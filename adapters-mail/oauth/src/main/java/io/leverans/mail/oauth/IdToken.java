package io.leverans.mail.oauth;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who the owner of an account is (OpenID Connect Core §2). Its signature is not looked at: it must
 * have come straight from the token endpoint over TLS, which vouches for it (§3.1.3.7 item 6).
 */
public final class IdToken {
  private static final Duration LEEWAY = Duration.ofMinutes(5);

  private final JWTClaimsSet claims;

  private IdToken(JWTClaimsSet claims) {
    this.claims = claims;
  }

  /** What was read. */
  public sealed interface Reading {
    /** It is about the owner, meant for us, and an answer to our own request. */
    record Usable(IdToken token) implements Reading {
      public Usable {
        Objects.requireNonNull(token);
      }
    }

    /**
     * It is not.
     *
     * @param words why, for a person; nothing of its content
     */
    record Unusable(String words) implements Reading {
      public Unusable {
        Objects.requireNonNull(words);
      }
    }
  }

  /**
   * Reads a token that the token endpoint gave.
   *
   * @param clientId who it must be meant for
   * @param nonce of the request that it must answer
   */
  public static Reading read(String raw, String clientId, String nonce, Instant now) {
    try {
      JWTClaimsSet claims = JWTParser.parse(raw).getJWTClaimsSet();
      if (claims == null) {
        return new Reading.Unusable("It cannot be read.");
      }
      return problem(claims, clientId, nonce, now)
          .<Reading>map(Reading.Unusable::new)
          .orElseGet(() -> new Reading.Usable(new IdToken(claims)));
    } catch (ParseException _) {
      return new Reading.Unusable("It cannot be read.");
    }
  }

  private static Optional<String> problem(
      JWTClaimsSet claims, String clientId, String nonce, Instant now) throws ParseException {
    String party = claims.getStringClaim("azp");
    if (!claims.getAudience().contains(clientId) || (party != null && !party.equals(clientId))) {
      return Optional.of("It is meant for somebody else.");
    }
    if (!nonce.equals(claims.getStringClaim("nonce"))) {
      return Optional.of("It answers another request.");
    }
    if (claims.getExpirationTime() == null
        || claims.getExpirationTime().toInstant().plus(LEEWAY).isBefore(now)) {
      return Optional.of("It has run out.");
    }
    if (isEmpty(claims.getSubject()) || isEmpty(claims.getIssuer())) {
      return Optional.of("It does not say who the owner is.");
    }
    return Optional.empty();
  }

  private static boolean isEmpty(@Nullable String text) {
    return text == null || text.isBlank();
  }

  /** Who says so. */
  public String issuer() {
    return claims.getIssuer();
  }

  /** The owner: a name that stays, unique at the issuer. */
  public String subject() {
    return claims.getSubject();
  }

  /** Another claim that is text, such as {@code email}. */
  public Optional<String> text(String claim) {
    try {
      return Optional.ofNullable(claims.getStringClaim(claim)).filter(text -> !text.isBlank());
    } catch (ParseException _) {
      return Optional.empty();
    }
  }

  /** Who says so and about whom. */
  @Override
  public String toString() {
    return "IdToken[" + issuer() + ", " + subject() + "]";
  }
}
