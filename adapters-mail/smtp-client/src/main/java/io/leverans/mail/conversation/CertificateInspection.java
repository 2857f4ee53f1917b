package io.leverans.mail.conversation;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Says what is wrong with a server's certificate, by Java's own trust store and the host name. */
final class CertificateInspection {
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;

  private final X509TrustManager known = javasOwn();

  /** Nothing, for a certificate that proves to be the host's (RFC 5280, RFC 9525). */
  Optional<String> problemOf(X509Certificate[] chain, String host) {
    try {
      known.checkServerTrusted(chain, "UNKNOWN");
    } catch (CertificateException distrusted) {
      return Optional.of(whyNot(distrusted, chain));
    }
    return names(chain[0]).anyMatch(name -> matches(name, host))
        ? Optional.empty()
        : Optional.of("the certificate is not for " + host);
  }

  private static String whyNot(CertificateException distrusted, X509Certificate[] chain) {
    for (Throwable cause = distrusted; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case CertificateExpiredException _ -> {
          return "a certificate in the chain has expired";
        }
        case CertificateNotYetValidException _ -> {
          return "a certificate in the chain is not valid yet";
        }
        default -> {}
      }
    }
    return chain[0].getSubjectX500Principal().equals(chain[0].getIssuerX500Principal())
        ? "the certificate is signed by the server itself"
        : "no authority known here vouches for the certificate";
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

  private static X509TrustManager javasOwn() {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init((KeyStore) null);
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
