package io.leverans.mail.simulator;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLContext;

/** A certificate that nobody vouches for, as most mail servers have. */
final class SelfSignedCertificate {
  private SelfSignedCertificate() {}

  /** A server's TLS context with a fresh key and a certificate for the host. */
  static SSLContext serverContext(String host, Instant now)
      throws GeneralSecurityException, IOException {
    KeyPair keys = CertificateIssuer.newKeys();
    var issuer = new CertificateIssuer(host, keys.getPrivate());
    return CertificateIssuer.serverContext(
        keys.getPrivate(), issuer.issue(host, keys.getPublic(), now, List.of()));
  }
}
