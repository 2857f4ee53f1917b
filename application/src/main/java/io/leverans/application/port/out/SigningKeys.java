package io.leverans.application.port.out;

import java.util.Objects;

/** Makes keys that mail is signed with: RSA of 2048 bits. Safe for use by many threads. */
@FunctionalInterface
public interface SigningKeys {
  NewKey generate();

  /**
   * A key.
   *
   * @param privateKey in PKCS#8, in base64
   * @param publicKey its SubjectPublicKeyInfo, in base64
   */
  record NewKey(String privateKey, String publicKey) {
    public NewKey {
      Objects.requireNonNull(privateKey);
      Objects.requireNonNull(publicKey);
    }

    /** Without the private half. */
    @Override
    public String toString() {
      return "NewKey[" + publicKey + "]";
    }
  }
}
