package io.leverans.mail.conversation;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Which servers are believed to be the one that they say they are. */
public sealed interface Trust {
  /** By what certificates are judged, whether or not that decides. */
  default Trust measure() {
    return this instanceof Anyone(var noting) ? noting : this;
  }

  /** Those for whose host name an authority vouches that Java knows. */
  record JavasAuthorities() implements Trust {}

  /** Those for whose host name one of these authorities vouches, and no other. */
  record Authorities(List<X509Certificate> certificates) implements Trust {
    public Authorities {
      certificates = List.copyOf(certificates);
      if (certificates.isEmpty()) {
        throw new IllegalArgumentException("at least one authority is trusted");
      }
    }

    /**
     * Reads certificates as text (RFC 7468 §5), one after the other.
     *
     * @throws CertificateException if it is none
     */
    public static Authorities ofPem(String pem) throws CertificateException {
      var factory = CertificateFactory.getInstance("X.509");
      var octets = new ByteArrayInputStream(pem.strip().getBytes(StandardCharsets.UTF_8));
      List<X509Certificate> certificates =
          factory.generateCertificates(octets).stream().map(X509Certificate.class::cast).toList();
      if (certificates.isEmpty()) {
        throw new CertificateException("the text holds no certificate");
      }
      return new Authorities(certificates);
    }
  }

  /**
   * The one that shows this very certificate, whatever its host name, age and authority.
   *
   * @param sha256 the certificate's SHA-256 fingerprint: 64 hexadecimal digits, kept in lower case
   *     and without colons
   */
  record Pinned(String sha256) implements Trust {
    private static final String DIGITS = "[0-9a-f]{64}";

    /**
     * Takes it with or without colons or spaces, in any case.
     *
     * @throws IllegalArgumentException if it is no SHA-256 fingerprint
     */
    public Pinned {
      sha256 = sha256.replaceAll("[:\\s]", "").toLowerCase(Locale.ROOT);
      if (!sha256.matches(DIGITS)) {
        throw new IllegalArgumentException("a SHA-256 fingerprint has 64 hexadecimal digits");
      }
    }
  }

  /** The one whose certificate, or whose authority's, DNS publishes (DANE, RFC 7672 §3.1). */
  record Published(PublishedCertificates certificates) implements Trust {
    public Published {
      Objects.requireNonNull(certificates);
    }
  }

  /**
   * Whoever answers: what is wrong with their certificate is noted.
   *
   * @param noting by whose measure something is wrong with it
   */
  record Anyone(Trust noting) implements Trust {
    public Anyone {
      if (noting instanceof Anyone) {
        throw new IllegalArgumentException("by the measure of anyone, nothing is ever wrong");
      }
    }

    /** By the measure of those for whom an authority vouches that Java knows. */
    public Anyone() {
      this(new JavasAuthorities());
    }
  }
}
