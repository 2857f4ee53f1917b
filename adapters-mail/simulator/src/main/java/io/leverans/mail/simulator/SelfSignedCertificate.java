package io.leverans.mail.simulator;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Instant;
import java.util.List;

/** A certificate that nobody vouches for, as most mail servers have. */
final class SelfSignedCertificate {
  private SelfSignedCertificate() {}

  /** A fresh key and a certificate for the host. */
  static ServerNameKeys.Identity create(String host, Instant now) throws GeneralSecurityException {
    KeyPair keys = CertificateIssuer.newKeys();
    var issuer = new CertificateIssuer(host, keys.getPrivate());
    return new ServerNameKeys.Identity(
        keys.getPrivate(), List.of(issuer.issue(host, keys.getPublic(), now, List.of())));
  }
}
