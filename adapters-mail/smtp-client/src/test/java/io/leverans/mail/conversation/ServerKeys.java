package io.leverans.mail.conversation;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.HexFormat;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** What a server proves itself by: for {@code mail.test} and {@code localhost}, but for one. */
public enum ServerKeys {
  SELF_SIGNED("mail.test.p12"),
  /** Issued by the authority of {@link #authority}. */
  OF_THE_COMPANY("company.p12"),
  /** By the same, and expired. */
  EXPIRED("expired.p12"),
  /** By itself, for {@code mta-sts.bank.example} and {@code mta-sts.shop.example}. */
  OF_POLICY_HOSTS("policies.p12");

  private static final char[] PASSWORD = "changeit".toCharArray();

  private final String file;

  ServerKeys(String file) {
    this.file = file;
  }

  public SSLContext context() {
    try {
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(store(), PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The SHA-256 fingerprint of the server's certificate. */
  public String fingerprint() {
    try {
      byte[] certificate = store().getCertificate("server").getEncoded();
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The server's certificate, as PEM. */
  public String certificate() {
    Base64.Encoder lines = Base64.getMimeEncoder(64, new byte[] {'\n'});
    try {
      return "-----BEGIN CERTIFICATE-----\n"
          + lines.encodeToString(store().getCertificate("server").getEncoded())
          + "\n-----END CERTIFICATE-----\n";
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * What a TLSA record says of the server's certificate.
   *
   * @param kind usage, selector and matching type, such as {@code 3 1 1}
   */
  public String tlsa(String kind) {
    return tlsa(kind, 0);
  }

  /** The same of the certificate of the authority that issued it. */
  public String authoritysTlsa(String kind) {
    return tlsa(kind, 1);
  }

  private String tlsa(String kind, int place) {
    String[] numbers = kind.split(" ", -1);
    try {
      Certificate certificate = store().getCertificateChain("server")[place];
      byte[] part =
          numbers[1].equals("0")
              ? certificate.getEncoded()
              : certificate.getPublicKey().getEncoded();
      byte[] data =
          switch (numbers[2]) {
            case "0" -> part;
            case "1" -> MessageDigest.getInstance("SHA-256").digest(part);
            default -> MessageDigest.getInstance("SHA-512").digest(part);
          };
      return kind + " " + HexFormat.of().formatHex(data);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The company's authority, as PEM. */
  public static String authority() {
    try (InputStream file = ServerKeys.class.getResourceAsStream("company-authority.pem")) {
      return new String(file.readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private KeyStore store() {
    try (InputStream in = ServerKeys.class.getResourceAsStream(file)) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(in, PASSWORD);
      return keys;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
