package io.leverans.mail.conversation;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Says what is wrong with a server's certificate. Safe for use by many threads. */
final class CertificateInspection {
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;
  private static final int MOST_NAMES = 8;
  private static final HexFormat FINGERPRINT = HexFormat.ofDelimiter(":").withUpperCase();

  private final Trust trust;

  /** Of which there is one for all: it holds every authority. */
  private static final class JavasOwn {
    static final X509TrustManager TRUST = trusting(null);
  }

  CertificateInspection(Trust trust) {
    this.trust = trust;
  }

  /** Nothing, for a certificate that proves to be the host's (RFC 5280, RFC 9525). */
  Optional<CertificateProblem> problemOf(X509Certificate[] chain, String host) {
    return problemOf(chain, host, trust);
  }

  private static Optional<CertificateProblem> problemOf(
      X509Certificate[] chain, String host, Trust trust) {
    return switch (trust) {
      case Trust.Anyone(var noting) -> problemOf(chain, host, noting);
      case Trust.JavasAuthorities _ -> problemOf(chain, List.of(host), JavasOwn.TRUST);
      case Trust.Authorities(var known) ->
          problemOf(chain, List.of(host), trusting(storeOf(known)));
      case Trust.Pinned(var sha256) -> otherThan(sha256, chain);
      case Trust.Published(var certificates) -> otherThan(certificates, chain);
    };
  }

  private static Optional<CertificateProblem> otherThan(
      PublishedCertificates published, X509Certificate[] chain) {
    if (published.holds(chain[0])) {
      return Optional.empty();
    }
    List<X509Certificate> authorities = published.authorities(chain);
    return authorities.isEmpty()
        ? Optional.of(
            new CertificateProblem(
                "no TLSA record of %s matches it; its SHA-256 fingerprint is %s"
                    .formatted(published.server(), fingerprint(chain[0])),
                "Ask the server's admin whether its certificate was renewed without its TLSA"
                    + " records. If it was not, somebody stands between you and the server."))
        : problemOf(chain, published.names(), trusting(storeOf(authorities)));
  }

  private static Optional<CertificateProblem> otherThan(String pinned, X509Certificate[] chain) {
    if (HexFormat.of().formatHex(sha256(chain[0])).equals(pinned)) {
      return Optional.empty();
    }
    return Optional.of(
        new CertificateProblem(
            "the certificate is another than the pinned one: its SHA-256 fingerprint is "
                + fingerprint(chain[0]),
            "If the server's certificate was renewed, ask its admin for the new fingerprint and pin"
                + " that. If it was not, somebody stands between you and the server."));
  }

  private static Optional<CertificateProblem> problemOf(
      X509Certificate[] chain, List<String> hosts, X509TrustManager known) {
    try {
      known.checkServerTrusted(chain, "UNKNOWN");
    } catch (CertificateException distrusted) {
      return Optional.of(whyNot(distrusted, chain));
    }
    if (names(chain[0]).anyMatch(name -> hosts.stream().anyMatch(host -> matches(name, host)))) {
      return Optional.empty();
    }
    String names = names(chain[0]).limit(MOST_NAMES).collect(Collectors.joining(", "));
    return Optional.of(
        new CertificateProblem(
            "the certificate is not for "
                + String.join(" or ", hosts)
                + (names.isEmpty() ? "; it names no host" : "; it is for " + names),
            names.isEmpty()
                ? orPin("Ask the server's admin for a certificate that names its host", chain[0])
                : orPin("Enter the host under a name that the certificate is for", chain[0])));
  }

  private static CertificateProblem whyNot(
      CertificateException distrusted, X509Certificate[] chain) {
    for (Throwable cause = distrusted; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case CertificateExpiredException _ -> {
          return new CertificateProblem(
              "a certificate in the chain has expired",
              orPin("Ask the server's admin to renew the certificate", chain[0]));
        }
        case CertificateNotYetValidException _ -> {
          return new CertificateProblem(
              "a certificate in the chain is not valid yet",
              "Check the clocks of this machine and of the server.");
        }
        default -> {}
      }
    }
    return chain[0].getSubjectX500Principal().equals(chain[0].getIssuerX500Principal())
        ? new CertificateProblem(
            "the certificate is signed by the server itself",
            orPin("Ask the server's admin whether that is meant to be so", chain[0]))
        : new CertificateProblem(
            "no authority known here vouches for the certificate",
            orPin("Give the certificate of the authority that issued it, as PEM", chain[0]));
  }

  private static String orPin(String advice, X509Certificate certificate) {
    return advice
        + "; or, if the admin confirms that it is the server's, pin its SHA-256 fingerprint "
        + fingerprint(certificate)
        + ".";
  }

  private static String fingerprint(X509Certificate certificate) {
    return FINGERPRINT.formatHex(sha256(certificate));
  }

  private static byte[] sha256(X509Certificate certificate) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
    } catch (NoSuchAlgorithmException | CertificateEncodingException impossible) {
      throw new IllegalStateException("a certificate that was received has octets", impossible);
    }
  }

  private static Stream<String> names(X509Certificate certificate) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names == null
          ? Stream.empty()
          : names.stream()
              .filter(name -> name.get(0).equals(DNS_NAME) || name.get(0).equals(IP_ADDRESS))
              .map(name -> String.valueOf(name.get(1)));
    } catch (CertificateParsingException _) {
      return Stream.empty();
    }
  }

  /** A star stands for the whole first label and nothing else (RFC 9525 §6.3). */
  static boolean matches(String pattern, String host) {
    String name = host.toLowerCase(Locale.ROOT);
    String wanted = pattern.toLowerCase(Locale.ROOT);
    if (!wanted.startsWith("*.")) {
      return wanted.equals(name);
    }
    int dot = name.indexOf('.');
    return dot > 0 && name.substring(dot + 1).equals(wanted.substring(2));
  }

  private static KeyStore storeOf(List<X509Certificate> authorities) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      for (int i = 0; i < authorities.size(); i++) {
        store.setCertificateEntry(String.valueOf(i), authorities.get(i));
      }
      return store;
    } catch (GeneralSecurityException | IOException impossible) {
      throw new IllegalStateException("an empty store takes certificates", impossible);
    }
  }

  /**
   * @param store with the authorities; those that Java knows if null
   */
  private static X509TrustManager trusting(@Nullable KeyStore store) {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return Arrays.stream(factory.getTrustManagers())
          .filter(X509TrustManager.class::isInstance)
          .map(X509TrustManager.class::cast)
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("Java has no X.509 trust manager"));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("Java's trust store cannot be read", missing);
    }
  }
}
