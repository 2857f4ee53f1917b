package io.leverans.mail.simulator.signin;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How the sign-in of a simulated provider is set up.
 *
 * @param client the only application that it knows
 * @param codeLifetime how long a code can be redeemed
 * @param accessLifetime how long an access token is good for
 * @param renewals what a renewal does to the refresh token
 * @param keptAt the file in which refresh tokens are kept from one start to the next; forgotten if
 *     absent
 */
public record SignInSettings(
    SignInClient client,
    Duration codeLifetime,
    Duration accessLifetime,
    Renewals renewals,
    Optional<Path> keptAt) {

  /** What a renewal does to the refresh token. */
  public enum Renewals {
    /** It stays as it is and no other one is told, as Google does. */
    KEEP_REFRESH_TOKEN,
    /** Another one takes its place, and the old one is worth nothing from then on. */
    REPLACE_REFRESH_TOKEN
  }

  /** Codes for ten minutes, access for an hour, refresh tokens that stay and are not kept. */
  public static SignInSettings of(SignInClient client) {
    return new SignInSettings(
        client,
        Duration.ofMinutes(10),
        Duration.ofHours(1),
        Renewals.KEEP_REFRESH_TOKEN,
        Optional.empty());
  }

  /** The same with another rule for renewals. */
  public SignInSettings withRenewals(Renewals rule) {
    return new SignInSettings(client, codeLifetime, accessLifetime, rule, keptAt);
  }

  /** The same with refresh tokens that are kept. */
  public SignInSettings withKeptAt(Path file) {
    return new SignInSettings(client, codeLifetime, accessLifetime, renewals, Optional.of(file));
  }
}
