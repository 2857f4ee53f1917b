package io.leverans.mail.smtp;

import io.leverans.mail.conversation.Credentials;
import io.leverans.mail.conversation.Trust;
import io.leverans.mail.smtp.ServerSettings.Security;
import java.security.cert.CertificateException;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Reads by what servers are believed to be who they say they are. For one reading. */
final class TrustReader {
  private static final int LONGEST_CERTIFICATES = 100_000;

  private final Map<String, String> values;
  private final BiConsumer<String, String> problem;

  /**
   * Reads these values.
   *
   * @param problem hears of a field and what is wrong with it
   */
  TrustReader(Map<String, String> values, BiConsumer<String, String> problem) {
    this.values = values;
    this.problem = problem;
  }

  /** An authority may be for a mailbox alone: {@link #refuseAuthorities}. */
  Trust read(Security security, Credentials credentials) {
    Optional<String> authorities = Optional.ofNullable(values.get(ServerForm.CA));
    Optional<String> pinned = Optional.ofNullable(values.get(ServerForm.FINGERPRINT));
    if (authorities.isPresent() && pinned.isPresent()) {
      problem.accept(
          ServerForm.FINGERPRINT,
          "Either an authority or a pinned certificate is trusted: leave one of the two empty.");
    }
    if (security == Security.NONE && pinned.isPresent()) {
      refuseWithoutEncryption(ServerForm.FINGERPRINT);
    }
    if (authorities.isPresent()) {
      return authorities(authorities.get());
    }
    if (pinned.isPresent()) {
      return pinned(ServerForm.FINGERPRINT, pinned.get());
    }
    return security == Security.IF_OFFERED && credentials instanceof Credentials.None
        ? new Trust.Anyone()
        : new Trust.JavasAuthorities();
  }

  /** Refuses authorities where no server shows a certificate. */
  void refuseAuthorities() {
    if (values.containsKey(ServerForm.CA)) {
      refuseWithoutEncryption(ServerForm.CA);
    }
  }

  void refuseWithoutEncryption(String field) {
    problem.accept(
        field,
        "Without encryption no certificate is looked at: choose an encryption, or leave this"
            + " empty.");
  }

  private Trust authorities(String pem) {
    if (pem.contains("PRIVATE KEY")) {
      problem.accept(
          ServerForm.CA,
          "This holds a private key, which nobody else should have: enter certificates alone.");
    } else if (pem.length() <= LONGEST_CERTIFICATES) {
      try {
        return Trust.Authorities.ofPem(pem);
      } catch (CertificateException _) {
        problem.accept(
            ServerForm.CA,
            "This is not a certificate as PEM text: it begins with -----BEGIN CERTIFICATE-----.");
      }
    } else {
      problem.accept(
          ServerForm.CA, "Enter at most 100,000 characters: the authority's certificate alone.");
    }
    return new Trust.JavasAuthorities();
  }

  Trust pinned(String field, String fingerprint) {
    try {
      return new Trust.Pinned(fingerprint.strip());
    } catch (IllegalArgumentException _) {
      problem.accept(
          field,
          "This is not a SHA-256 fingerprint: 64 digits and letters from a to f, with or without"
              + " colons.");
      return new Trust.JavasAuthorities();
    }
  }
}
