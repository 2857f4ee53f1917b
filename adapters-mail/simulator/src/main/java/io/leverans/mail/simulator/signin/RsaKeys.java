package io.leverans.mail.simulator.signin;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;

/** The RSA keys of all that is simulated in this process: making them takes up to seconds. */
public final class RsaKeys {
  private static final int BITS = 2048;

  private RsaKeys() {}

  /** The same each time. */
  public static KeyPair ofThisProcess() {
    return Made.KEYS;
  }

  /** Made when first asked for. */
  private static final class Made {
    static final KeyPair KEYS = generate();
  }

  private static KeyPair generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(BITS);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("this Java cannot make an RSA key", impossible);
    }
  }
}
