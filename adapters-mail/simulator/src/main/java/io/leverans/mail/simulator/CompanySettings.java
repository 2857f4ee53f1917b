package io.leverans.mail.simulator;

import io.leverans.mail.simulator.microsoft.MicrosoftSettings;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How the company's mail server is set up.
 *
 * @param startTlsPort port that begins in clear and offers STARTTLS, as 587; 0 takes a free one
 * @param tlsPort port that is encrypted from the first byte, as 465; 0 takes a free one
 * @param signIn when a user may sign in
 * @param keyStore where the certificates are kept from one start to the next; new each time if
 *     absent
 * @param microsoft how the sign-in page of the company's accounts is set up
 */
public record CompanySettings(
    int startTlsPort,
    int tlsPort,
    SignIn signIn,
    Optional<Path> keyStore,
    MicrosoftSettings microsoft) {

  /** When a user may sign in. */
  public enum SignIn {
    /** Over an encrypted connection; AUTH is not offered before. */
    ENCRYPTED,
    /** Over any connection, where the password can be overheard too. */
    ALWAYS
  }

  /** Free ports, and passwords are taken over an encrypted connection only. */
  public static CompanySettings defaults() {
    return new CompanySettings(
        0, 0, SignIn.ENCRYPTED, Optional.empty(), MicrosoftSettings.defaults());
  }

  /** The same with fixed ports. */
  public CompanySettings withPorts(int startTls, int tls) {
    return new CompanySettings(startTls, tls, signIn, keyStore, microsoft);
  }

  /** The same with another rule for signing in. */
  public CompanySettings withSignIn(SignIn rule) {
    return new CompanySettings(startTlsPort, tlsPort, rule, keyStore, microsoft);
  }

  /** The same with certificates that are kept. */
  public CompanySettings withKeyStore(Path file) {
    return new CompanySettings(startTlsPort, tlsPort, signIn, Optional.of(file), microsoft);
  }

  /** The same with another set-up of the sign-in page. */
  public CompanySettings withMicrosoft(MicrosoftSettings settings) {
    return new CompanySettings(startTlsPort, tlsPort, signIn, keyStore, settings);
  }
}
