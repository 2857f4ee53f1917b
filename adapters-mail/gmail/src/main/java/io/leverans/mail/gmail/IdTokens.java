package io.leverans.mail.gmail;

import com.google.api.client.json.webtoken.JsonWebSignature;
import com.google.auth.oauth2.TokenVerifier;
import com.google.auth.oauth2.TokenVerifier.VerificationException;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.mail.gmail.GmailSettings.Client;
import io.leverans.mail.oauth.IdToken;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads who consented out of an ID token (OpenID Connect Core §3.1.3.7). Safe for use by many
 * threads.
 */
final class IdTokens {
  private static final String SCHEME = "https://";

  private final GmailSettings settings;
  private final InstantSource clock;
  private final TokenVerifier verifier;

  IdTokens(GmailSettings settings, GmailApi api, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    this.verifier =
        TokenVerifier.newBuilder()
            .setCertificatesLocation(settings.certificates().toString())
            .setHttpTransportFactory(() -> api.transport(new Diary()))
            .setClock(clock::millis)
            .build();
  }

  /** What was read. */
  sealed interface Reading {
    /** Google says that this is who consented. */
    record Owner(String id, EmailAddress address) implements Reading {}

    /**
     * It does not, or not for certain.
     *
     * @param words why, for a person
     */
    record Nobody(String words) implements Reading {}
  }

  Reading read(String raw, Client client, String nonce) {
    try {
      JsonWebSignature token =
          switch (settings.idTokens()) {
            case SIGNED -> verifier.verify(raw);
            case DIRECT -> JsonWebSignature.parse(GoogleAnswer.JSON, raw);
          };
      return switch (IdToken.read(raw, client.id(), nonce, clock.instant())) {
        case IdToken.Reading.Unusable(var words) -> nobody(words);
        case IdToken.Reading.Usable(var claims) -> owner(claims, token);
      };
    } catch (VerificationException untrue) {
      return nobody("Its signature could not be verified: " + untrue.getMessage() + ".");
    } catch (IOException | IllegalArgumentException _) {
      return nobody("It cannot be read.");
    }
  }

  private static Reading nobody(String words) {
    return new Reading.Nobody("Google's word on who consented cannot be used. " + words);
  }

  private Reading owner(IdToken claims, JsonWebSignature token) {
    if (!withoutScheme(claims.issuer()).equals(withoutScheme(settings.issuer()))) {
      return nobody(
          "It comes from " + claims.issuer() + " and not from " + settings.issuer() + ".");
    }
    String address = claims.text("email").orElse("");
    if (!isTrue(token.getPayload().get("email_verified"))) {
      return nobody("The account's address is not verified at Google.");
    }
    try {
      return new Reading.Owner(claims.subject(), EmailAddress.parse(address));
    } catch (IllegalArgumentException _) {
      return nobody("It names no address that mail can be sent from.");
    }
  }

  /** Google writes itself both ways. */
  private static String withoutScheme(String issuer) {
    return issuer.startsWith(SCHEME) ? issuer.substring(SCHEME.length()) : issuer;
  }

  /** A few servers write it as text. */
  static boolean isTrue(@Nullable Object claim) {
    return Objects.equals(claim, true) || Objects.equals(claim, "true");
  }
}
