package io.leverans.mail.simulator.signin;

import java.security.SecureRandom;
import java.util.Base64;

/** Words that nobody guesses. */
final class RandomTokens {
  private static final int BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  private RandomTokens() {}

  static String next() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
