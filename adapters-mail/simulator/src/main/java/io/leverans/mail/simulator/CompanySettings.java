package io.leverans.mail.simulator;

/**
 * How the company's mail server is set up.
 *
 * @param startTlsPort port that begins in clear and offers STARTTLS, as 587; 0 takes a free one
 * @param tlsPort port that is encrypted from the first byte, as 465; 0 takes a free one
 * @param signIn when a user may sign in
 */
public record CompanySettings(int startTlsPort, int tlsPort, SignIn signIn) {

  /** When a user may sign in. */
  public enum SignIn {
    /** Over an encrypted connection; AUTH is not offered before. */
    ENCRYPTED,
    /** Over any connection, where the password can be overheard too. */
    ALWAYS
  }

  /** Free ports, and passwords are taken over an encrypted connection only. */
  public static CompanySettings defaults() {
    return new CompanySettings(0, 0, SignIn.ENCRYPTED);
  }

  /** The same with fixed ports. */
  public CompanySettings withPorts(int startTls, int tls) {
    return new CompanySettings(startTls, tls, signIn);
  }

  /** The same with another rule for signing in. */
  public CompanySettings withSignIn(SignIn rule) {
    return new CompanySettings(startTlsPort, tlsPort, rule);
  }
}
