package io.leverans.mail.simulator.google;

import io.leverans.mail.simulator.signin.SignInClient;
import io.leverans.mail.simulator.signin.SignInSettings;
import java.time.Duration;

/**
 * How the simulated Google is set up.
 *
 * @param port its port on 127.0.0.1; 0 takes a free one
 * @param signIn the application that it knows, and how long its tokens are good
 * @param quotaPause how long an account whose quota is spent takes no mail
 */
public record GoogleSettings(int port, SignInSettings signIn, Duration quotaPause) {
  /** The application that it knows unless told otherwise. */
  public static final SignInClient CLIENT =
      new SignInClient("leverans.apps.googleusercontent.test", "simulated");

  /** A free port, access for an hour, refresh tokens that end with the program. */
  public static GoogleSettings defaults() {
    return new GoogleSettings(0, SignInSettings.of(CLIENT), Duration.ofSeconds(30));
  }

  /** The same with a fixed port. */
  public GoogleSettings withPort(int fixed) {
    return new GoogleSettings(fixed, signIn, quotaPause);
  }

  /** The same with another set-up of the sign-in. */
  public GoogleSettings withSignIn(SignInSettings settings) {
    return new GoogleSettings(port, settings, quotaPause);
  }

  /** The same with another time without mail once the quota is spent. */
  public GoogleSettings withQuotaPause(Duration pause) {
    return new GoogleSettings(port, signIn, pause);
  }
}
