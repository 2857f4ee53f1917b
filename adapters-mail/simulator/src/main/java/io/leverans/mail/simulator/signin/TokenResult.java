package io.leverans.mail.simulator.signin;

import java.util.Optional;

/** What became of a request for tokens. */
public sealed interface TokenResult {

  /**
   * Tokens for a grant.
   *
   * @param refresh empty where the application keeps the one it has, or gets none
   */
  record Granted(Grant grant, TokenSource source, String access, Optional<String> refresh)
      implements TokenResult {}

  record Refused(TokenRefusal why) implements TokenResult {}
}
