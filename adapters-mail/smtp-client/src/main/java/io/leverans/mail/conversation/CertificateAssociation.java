package io.leverans.mail.conversation;

import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import org.xbill.DNS.TLSARecord;

/**
 * What one TLSA record says of a server's certificates (RFC 6698 §2.1), as far as mail heeds it
 * (RFC 7672 §3.1).
 *
 * @param data in hexadecimal digits, lower case
 */
public record CertificateAssociation(
    Usage usage, Selector selector, Matching matching, String data) {
  private static final HexFormat HEX = HexFormat.of();

  /** Whose certificate it is about. */
  public enum Usage {
    /** That of an authority, which vouches for the server's: DANE-TA(2). */
    AUTHORITY,
    /** The server's own, whatever it says of name and age: DANE-EE(3). */
    SERVER
  }

  /** Which part of it is compared. */
  public enum Selector {
    CERTIFICATE,
    PUBLIC_KEY
  }

  /** As what it is compared; the later, the stronger. */
  public enum Matching {
    WHOLE,
    SHA_256,
    SHA_512
  }

  public CertificateAssociation {
    Objects.requireNonNull(usage);
    Objects.requireNonNull(selector);
    Objects.requireNonNull(matching);
    Objects.requireNonNull(data);
  }

  /**
   * Reads a record; empty for one that is unusable (RFC 6698 §4.1): of a usage that vouches by
   * public authorities (RFC 7672 §3.1.3), of numbers that nobody knows, or with data that cannot
   * match anything.
   */
  public static Optional<CertificateAssociation> in(TLSARecord record) {
    Optional<Usage> usage =
        switch (record.getCertificateUsage()) {
          case TLSARecord.CertificateUsage.TRUST_ANCHOR_ASSERTION -> Optional.of(Usage.AUTHORITY);
          case TLSARecord.CertificateUsage.DOMAIN_ISSUED_CERTIFICATE -> Optional.of(Usage.SERVER);
          default -> Optional.empty();
        };
    Optional<Selector> selector =
        switch (record.getSelector()) {
          case TLSARecord.Selector.FULL_CERTIFICATE -> Optional.of(Selector.CERTIFICATE);
          case TLSARecord.Selector.SUBJECT_PUBLIC_KEY_INFO -> Optional.of(Selector.PUBLIC_KEY);
          default -> Optional.empty();
        };
    Optional<Matching> matching =
        switch (record.getMatchingType()) {
          case TLSARecord.MatchingType.EXACT -> Optional.of(Matching.WHOLE);
          case TLSARecord.MatchingType.SHA256 -> Optional.of(Matching.SHA_256);
          case TLSARecord.MatchingType.SHA512 -> Optional.of(Matching.SHA_512);
          default -> Optional.empty();
        };
    byte[] data = record.getCertificateAssociationData();
    return usage
        .flatMap(
            whose ->
                selector.flatMap(
                    part ->
                        matching.map(
                            how ->
                                new CertificateAssociation(whose, part, how, HEX.formatHex(data)))))
        .filter(CertificateAssociation::canMatch);
  }

  private boolean canMatch() {
    return switch (matching) {
      case WHOLE ->
          switch (selector) {
            case CERTIFICATE -> parsed().isPresent();
            case PUBLIC_KEY -> !data.isEmpty();
          };
      case SHA_256 -> data.length() == 64;
      case SHA_512 -> data.length() == 128;
    };
  }

  /** Whether it is about this certificate. */
  boolean matches(X509Certificate certificate) {
    byte[] part =
        switch (selector) {
          case CERTIFICATE -> encoded(certificate);
          case PUBLIC_KEY -> certificate.getPublicKey().getEncoded();
        };
    return HEX.formatHex(
            switch (matching) {
              case WHOLE -> part;
              case SHA_256 -> digest("SHA-256", part);
              case SHA_512 -> digest("SHA-512", part);
            })
        .equals(data);
  }

  /** The certificate that the record holds, if it holds a whole one. */
  Optional<X509Certificate> whole() {
    return matching == Matching.WHOLE && selector == Selector.CERTIFICATE
        ? parsed()
        : Optional.empty();
  }

  private Optional<X509Certificate> parsed() {
    try {
      return Optional.of(
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(HEX.parseHex(data))));
    } catch (CertificateException _) {
      return Optional.empty();
    }
  }

  private static byte[] encoded(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (CertificateEncodingException impossible) {
      throw new IllegalStateException("a certificate that was received has octets", impossible);
    }
  }

  private static byte[] digest(String algorithm, byte[] octets) {
    try {
      return MessageDigest.getInstance(algorithm).digest(octets);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has " + algorithm, impossible);
    }
  }
}
