package io.leverans.mail.simulator;

import static io.leverans.mail.simulator.Der.BIT_STRING;
import static io.leverans.mail.simulator.Der.BOOLEAN;
import static io.leverans.mail.simulator.Der.CONTEXT;
import static io.leverans.mail.simulator.Der.OCTET_STRING;
import static io.leverans.mail.simulator.Der.SEQUENCE;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/**
 * A certificate authority of one's own and the certificate that it issued to a server.
 *
 * @param authority the authority's certificate, signed by itself
 * @param server the server's, valid for its host names, localhost and 127.0.0.1
 * @param key of the server
 * @param context what the server encrypts with
 */
record IssuedCertificates(
    X509Certificate authority, X509Certificate server, PrivateKey key, SSLContext context) {
  private static final byte[] BASIC_CONSTRAINTS = Der.identifier("551d13");
  private static final byte[] KEY_USAGE = Der.identifier("551d0f");
  private static final byte[] EXTENDED_KEY_USAGE = Der.identifier("551d25");
  private static final byte[] SERVER_AUTHENTICATION = Der.identifier("2b06010505070301");
  private static final byte[] SUBJECT_KEY = Der.identifier("551d0e");
  private static final byte[] AUTHORITY_KEY = Der.identifier("551d23");
  private static final byte[] ALTERNATIVE_NAMES = Der.identifier("551d11");
  private static final byte[] CRITICAL = Der.value(BOOLEAN, new byte[] {(byte) 0xff});

  /** Seven unused bits; digital signature alone. */
  private static final byte[] SIGNS_HANDSHAKES = {7, (byte) 0x80};

  /** One unused bit; signing certificates and revocation lists. */
  private static final byte[] SIGNS_CERTIFICATES = {1, 0x06};

  private static final byte[] LOOPBACK = {127, 0, 0, 1};
  private static final int DNS_NAME = CONTEXT | 2;
  private static final int IP_ADDRESS = CONTEXT | 7;
  private static final int KEY_ID_BYTES = 20;

  /**
   * Makes both anew.
   *
   * @param whose the authority is, as its name has it
   * @param hosts the first one is the subject
   */
  static IssuedCertificates create(String whose, List<String> hosts, Instant now)
      throws GeneralSecurityException, IOException {
    KeyPair authorityKeys = CertificateIssuer.newKeys();
    KeyPair serverKeys = CertificateIssuer.newKeys();
    String name = "Leverans simulator: %s authority".formatted(whose);
    var issuer = new CertificateIssuer(name, authorityKeys.getPrivate());
    X509Certificate authority =
        issuer.issue(
            name, authorityKeys.getPublic(), now, authorityExtensions(authorityKeys.getPublic()));
    X509Certificate server =
        issuer.issue(
            hosts.getFirst(),
            serverKeys.getPublic(),
            now,
            serverExtensions(hosts, serverKeys.getPublic(), authorityKeys.getPublic()));
    return of(authority, server, serverKeys.getPrivate());
  }

  static IssuedCertificates of(X509Certificate authority, X509Certificate server, PrivateKey key)
      throws GeneralSecurityException, IOException {
    return new IssuedCertificates(
        authority, server, key, CertificateIssuer.serverContext(key, server, authority));
  }

  /** A certificate as text (RFC 7468). */
  static String pem(X509Certificate certificate) {
    Base64.Encoder lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
    try {
      return "-----BEGIN CERTIFICATE-----\n"
          + lines.encodeToString(certificate.getEncoded())
          + "\n-----END CERTIFICATE-----\n";
    } catch (CertificateEncodingException impossible) {
      throw new IllegalStateException("a certificate that was read has an encoding", impossible);
    }
  }

  static String fingerprint(X509Certificate certificate) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
      return HexFormat.of().formatHex(digest);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java knows SHA-256", impossible);
    }
  }

  private static List<byte[]> authorityExtensions(PublicKey own) throws GeneralSecurityException {
    return List.of(
        critical(BASIC_CONSTRAINTS, Der.value(SEQUENCE, CRITICAL)),
        critical(KEY_USAGE, Der.value(BIT_STRING, SIGNS_CERTIFICATES)),
        extension(SUBJECT_KEY, Der.value(OCTET_STRING, keyId(own))));
  }

  private static List<byte[]> serverExtensions(
      List<String> hosts, PublicKey own, PublicKey authority) throws GeneralSecurityException {
    return List.of(
        critical(BASIC_CONSTRAINTS, Der.value(SEQUENCE)),
        critical(KEY_USAGE, Der.value(BIT_STRING, SIGNS_HANDSHAKES)),
        extension(EXTENDED_KEY_USAGE, Der.value(SEQUENCE, SERVER_AUTHENTICATION)),
        extension(SUBJECT_KEY, Der.value(OCTET_STRING, keyId(own))),
        extension(AUTHORITY_KEY, Der.value(SEQUENCE, Der.value(CONTEXT, keyId(authority)))),
        extension(ALTERNATIVE_NAMES, Der.value(SEQUENCE, names(hosts))));
  }

  private static byte[][] names(List<String> hosts) {
    return Stream.of(
            hosts.stream().map(host -> Der.text(DNS_NAME, host)),
            Stream.of(Der.text(DNS_NAME, "localhost"), Der.value(IP_ADDRESS, LOOPBACK)))
        .flatMap(Function.identity())
        .toArray(byte[][]::new);
  }

  private static byte[] critical(byte[] identifier, byte[] content) {
    return Der.value(SEQUENCE, identifier, CRITICAL, Der.value(OCTET_STRING, content));
  }

  private static byte[] extension(byte[] identifier, byte[] content) {
    return Der.value(SEQUENCE, identifier, Der.value(OCTET_STRING, content));
  }

  private static byte[] keyId(PublicKey key) throws GeneralSecurityException {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
    return Arrays.copyOf(digest, KEY_ID_BYTES);
  }
}
