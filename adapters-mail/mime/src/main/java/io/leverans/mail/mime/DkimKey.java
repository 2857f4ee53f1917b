package io.leverans.mail.mime;

import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A domain's key for signing mail (RFC 6376), parsed once. Safe for use by many threads; says
 * nothing of the private key in {@link #toString()}.
 */
public final class DkimKey {
  private static final int BITS = 2048;
  private static final int FEWEST_BITS = 1024;
  private static final Pattern NAME =
      Pattern.compile("[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*");

  private final String domain;
  private final String selector;
  private final RSAPrivateCrtKey privateKey;
  private final String publicKey;

  /**
   * @param domain the signing domain as DNS knows it ({@code d=}): A-labels only
   * @param selector which of the domain's keys it is ({@code s=})
   * @param pkcs8 an RSA private key in PKCS#8
   * @throws IllegalArgumentException if one of them is not what it should be
   */
  public DkimKey(String domain, String selector, byte[] pkcs8) {
    this.domain = checked(domain, "domain");
    this.selector = checked(selector, "selector");
    try {
      KeyFactory rsa = KeyFactory.getInstance("RSA");
      if (!(rsa.generatePrivate(new PKCS8EncodedKeySpec(pkcs8)) instanceof RSAPrivateCrtKey key)) {
        throw new IllegalArgumentException("the DKIM key lacks the parts its public key needs");
      }
      if (key.getModulus().bitLength() < FEWEST_BITS) {
        throw new IllegalArgumentException("a DKIM key has at least 1024 bits (RFC 8301 §3.2)");
      }
      this.privateKey = key;
      this.publicKey =
          Base64.getEncoder()
              .encodeToString(
                  rsa.generatePublic(
                          new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()))
                      .getEncoded());
    } catch (InvalidKeySpecException broken) {
      throw new IllegalArgumentException("the DKIM key is not an RSA key in PKCS#8", broken);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java has RSA", missing);
    }
  }

  /** A new RSA key of 2048 bits in PKCS#8. */
  public static byte[] generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(BITS);
      return generator.generateKeyPair().getPrivate().getEncoded();
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java has RSA", missing);
    }
  }

  public String domain() {
    return domain;
  }

  public String selector() {
    return selector;
  }

  /** Where the public key is published (RFC 6376 §3.6.2.1), without a final dot. */
  public String dnsRecordName() {
    return selector + "._domainkey." + domain;
  }

  /**
   * The TXT record's value (RFC 6376 §3.6.1) in one piece; a zone file needs it cut into strings of
   * at most 255 characters.
   */
  public String dnsRecordValue() {
    return "v=DKIM1; k=rsa; p=" + publicKey;
  }

  RSAPrivateCrtKey privateKey() {
    return privateKey;
  }

  @Override
  public String toString() {
    return "DkimKey[" + dnsRecordName() + "]";
  }

  private static String checked(String name, String what) {
    String lowerCase = name.toLowerCase(Locale.ROOT);
    if (!NAME.matcher(lowerCase).matches()) {
      throw new IllegalArgumentException("the DKIM " + what + " is not a name in DNS");
    }
    return lowerCase;
  }
}
