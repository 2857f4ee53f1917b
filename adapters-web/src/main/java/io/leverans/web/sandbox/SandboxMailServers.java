package io.leverans.web.sandbox;

import java.util.List;
import java.util.Objects;

/** The mail servers of simulated companies, to be connected as channels. Safe for many threads. */
@FunctionalInterface
public interface SandboxMailServers {
  List<MailServer> list();

  /**
   * What somebody has to know to connect one.
   *
   * @param host its name
   * @param startTlsPort where it begins in clear and takes STARTTLS (RFC 3207)
   * @param tlsPort where it is encrypted from the first byte (RFC 8314)
   * @param user a user without quirks
   * @param password of every user
   * @param caCertificate who issued its certificate, in PEM (RFC 7468)
   */
  record MailServer(
      String host,
      int startTlsPort,
      int tlsPort,
      String user,
      String password,
      String caCertificate,
      List<Quirk> quirks) {
    public MailServer {
      Objects.requireNonNull(host);
      Objects.requireNonNull(user);
      Objects.requireNonNull(password);
      Objects.requireNonNull(caCertificate);
      quirks = List.copyOf(quirks);
    }
  }

  /** A user for whom the server is difficult, and how. */
  record Quirk(String user, String what) {
    public Quirk {
      Objects.requireNonNull(user);
      Objects.requireNonNull(what);
    }
  }
}
