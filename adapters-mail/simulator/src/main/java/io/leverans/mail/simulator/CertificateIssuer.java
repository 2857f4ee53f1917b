package io.leverans.mail.simulator;

import static io.leverans.mail.simulator.Der.BIT_STRING;
import static io.leverans.mail.simulator.Der.CONTEXT_CONSTRUCTED;
import static io.leverans.mail.simulator.Der.INTEGER;
import static io.leverans.mail.simulator.Der.SEQUENCE;
import static io.leverans.mail.simulator.Der.SET;
import static io.leverans.mail.simulator.Der.UTC_TIME;
import static io.leverans.mail.simulator.Der.UTF8_STRING;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * Signs X.509 certificates (RFC 5280) with a P-256 key, valid from yesterday for ten years.
 *
 * @param name the issuer's common name
 */
record CertificateIssuer(String name, PrivateKey key) {
  private static final int SERIAL_BITS = 63;
  private static final byte[] VERSION_3 = {2};
  private static final byte[] ECDSA_WITH_SHA256 = Der.identifier("2a8648ce3d040302");
  private static final byte[] COMMON_NAME = Der.identifier("550403");
  private static final Duration VALIDITY = Duration.ofDays(3650);
  private static final DateTimeFormatter UTC_TIME_FORMAT =
      DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final SecureRandom RANDOM = new SecureRandom();

  static KeyPair newKeys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  /**
   * A certificate for a key.
   *
   * @param subject the common name of whom the key belongs to
   * @param extensions encoded; without any, the certificate is of version 1
   */
  X509Certificate issue(String subject, PublicKey owner, Instant now, List<byte[]> extensions)
      throws GeneralSecurityException {
    byte[] algorithm = Der.value(SEQUENCE, ECDSA_WITH_SHA256);
    Instant from = now.minus(Duration.ofDays(1));
    byte[] content =
        Der.value(
            SEQUENCE,
            extensions.isEmpty()
                ? new byte[0]
                : Der.value(CONTEXT_CONSTRUCTED, Der.value(INTEGER, VERSION_3)),
            Der.value(INTEGER, new BigInteger(SERIAL_BITS, RANDOM).toByteArray()),
            algorithm,
            encoded(name),
            Der.value(SEQUENCE, utcTime(from), utcTime(from.plus(VALIDITY))),
            encoded(subject),
            owner.getEncoded(),
            extensions.isEmpty()
                ? new byte[0]
                : Der.value(
                    CONTEXT_CONSTRUCTED | 3,
                    Der.value(SEQUENCE, extensions.toArray(new byte[0][]))));
    Signature signer = Signature.getInstance("SHA256withECDSA");
    signer.initSign(key);
    signer.update(content);
    byte[] noUnusedBits = {0};
    byte[] signed =
        Der.value(SEQUENCE, content, algorithm, Der.value(BIT_STRING, noUnusedBits, signer.sign()));
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(signed));
  }

  /** A server's TLS context with its key and its chain of certificates, the own one first. */
  static SSLContext serverContext(PrivateKey key, X509Certificate... chain)
      throws GeneralSecurityException, IOException {
    char[] password = new char[0];
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, password);
    store.setKeyEntry("server", key, password, chain.clone());
    KeyManagerFactory keyManagers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keyManagers.init(store, password);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keyManagers.getKeyManagers(), null, null);
    return context;
  }

  private static byte[] encoded(String commonName) {
    byte[] text = Der.text(UTF8_STRING, commonName);
    return Der.value(SEQUENCE, Der.value(SET, Der.value(SEQUENCE, COMMON_NAME, text)));
  }

  private static byte[] utcTime(Instant time) {
    return Der.text(UTC_TIME, UTC_TIME_FORMAT.format(time));
  }
}
