package io.leverans.secrets;

import io.leverans.application.port.out.SigningKeys;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** RSA keys of 2048 bits, as long as DNS and all verifiers take (RFC 8301 §3.2). */
public final class RsaSigningKeys implements SigningKeys {
  private static final int BITS = 2048;

  @Override
  public NewKey generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(BITS);
      KeyPair pair = generator.generateKeyPair();
      Base64.Encoder base64 = Base64.getEncoder();
      return new NewKey(
          base64.encodeToString(pair.getPrivate().getEncoded()),
          base64.encodeToString(pair.getPublic().getEncoded()));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java has RSA", missing);
    }
  }
}
