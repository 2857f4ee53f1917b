package io.leverans.mail.simulator.signin;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;

/**
 * An account at a simulated provider.
 *
 * @param address its address, in lower case
 * @param name the name of its owner
 * @param summary what happens with it, in one line for people
 */
public record SimulatedAccount(String address, String name, String summary) {
  private static final BigInteger SUBJECTS = BigInteger.TEN.pow(20);

  public SimulatedAccount {
    address = address.strip().toLowerCase(Locale.ROOT);
    int at = address.indexOf('@');
    if (at < 1 || at == address.length() - 1) {
      throw new IllegalArgumentException("no mail address: " + address);
    }
  }

  /** What the provider calls the account for ever: 21 digits, the same at every start. */
  public String subject() {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(address.getBytes(StandardCharsets.UTF_8));
      return "1%020d".formatted(new BigInteger(1, hash).mod(SUBJECTS));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** What stands before the {@code @}, up to a plus. */
  public String localPart() {
    return address.substring(0, address.indexOf('@')).split("\\+", 2)[0];
  }

  /** What stands after the {@code @}. */
  public String domain() {
    return address.substring(address.indexOf('@') + 1);
  }
}
