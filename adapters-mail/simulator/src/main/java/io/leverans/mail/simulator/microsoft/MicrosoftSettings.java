package io.leverans.mail.simulator.microsoft;

import io.leverans.mail.simulator.signin.SignInClient;
import io.leverans.mail.simulator.signin.SignInSettings;
import io.leverans.mail.simulator.signin.SignInSettings.Renewals;

/**
 * How the simulated Microsoft is set up.
 *
 * @param port its port on 127.0.0.1; 0 takes a free one
 * @param signIn the application that it knows, and how long its tokens are good
 */
public record MicrosoftSettings(int port, SignInSettings signIn) {
  /** The application that it knows unless told otherwise. */
  public static final SignInClient CLIENT =
      new SignInClient("6731de76-14a6-49ae-97bc-6eba6914391e", "simulated~secret");

  /** A free port, access for an hour, and another refresh token at each renewal. */
  public static MicrosoftSettings defaults() {
    return new MicrosoftSettings(
        0, SignInSettings.of(CLIENT).withRenewals(Renewals.REPLACE_REFRESH_TOKEN));
  }

  /** The same with a fixed port. */
  public MicrosoftSettings withPort(int fixed) {
    return new MicrosoftSettings(fixed, signIn);
  }

  /** The same with another set-up of the sign-in. */
  public MicrosoftSettings withSignIn(SignInSettings settings) {
    return new MicrosoftSettings(port, settings);
  }
}
