package io.leverans.mail.simulator;

import io.leverans.mail.simulator.microsoft.SimulatedMicrosoft;
import io.leverans.mail.simulator.signin.SimulatedAccount;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A company's own mail server, {@value #HOST}: users sign in, it takes their mail and passes it on
 * to the recipients of the world. Its certificate is issued by the company's own authority. Safe
 * for use by many threads.
 */
public final class SimulatedCompany {
  /** The server's name, which the world's name server knows and the certificate is valid for. */
  public static final String HOST = "mail.company.test";

  /** The password of every user who has no other one. */
  public static final String PASSWORD = "simulated";

  private final IssuedCertificates certificates;
  private final Accounts accounts;
  private final SimulatedMicrosoft microsoft;
  private final SmtpListener startTls;
  private final SmtpListener tls;

  private SimulatedCompany(
      IssuedCertificates certificates,
      Accounts accounts,
      SimulatedMicrosoft microsoft,
      SmtpListener startTls,
      SmtpListener tls) {
    this.certificates = certificates;
    this.accounts = accounts;
    this.microsoft = microsoft;
    this.startTls = startTls;
    this.tls = tls;
  }

  /**
   * Binds both ports and serves from then on.
   *
   * @param world what its mail comes into
   */
  static SimulatedCompany start(CompanySettings settings, MailHouse world, Zone zone)
      throws IOException, GeneralSecurityException {
    IssuedCertificates certificates = certificates(settings, world.clock().instant());
    var house = world.withTls(certificates.context());
    var accounts = new Accounts(PASSWORD);
    var relay = new Relay(house, zone, HOST, ReportShape.POSTFIX);
    SimulatedMicrosoft microsoft =
        SimulatedMicrosoft.start(settings.microsoft(), listed(), world.clock());
    SmtpListener.Service service =
        client ->
            new SmtpSession(
                    client,
                    new CompanyRules(
                        relay, accounts, house.firstTimes(), settings.signIn(), microsoft),
                    house.tls(),
                    house.slowness())
                .converse();
    try {
      return listen(settings, house, zone, certificates, accounts, microsoft, service);
    } catch (IOException | RuntimeException trouble) {
      microsoft.close();
      throw trouble;
    }
  }

  private static SimulatedCompany listen(
      CompanySettings settings,
      MailHouse house,
      Zone zone,
      IssuedCertificates certificates,
      Accounts accounts,
      SimulatedMicrosoft microsoft,
      SmtpListener.Service service)
      throws IOException {
    SmtpListener startTls = SmtpListener.start(settings.startTlsPort(), service);
    try {
      SmtpListener tls =
          SmtpListener.start(
              settings.tlsPort(),
              client -> {
                client.encrypt(house.tls());
                service.serve(client);
              });
      zone.publishAddress(HOST, Zone.LOOPBACK);
      return new SimulatedCompany(certificates, accounts, microsoft, startTls, tls);
    } catch (IOException | RuntimeException trouble) {
      startTls.close();
      throw trouble;
    }
  }

  private static IssuedCertificates certificates(CompanySettings settings, Instant now)
      throws IOException, GeneralSecurityException {
    return settings.keyStore().isPresent()
        ? new KeptCertificates(settings.keyStore().get()).obtain(HOST, now)
        : IssuedCertificates.create("the company's", List.of(HOST), now);
  }

  /** Where the server begins in clear and offers STARTTLS. */
  public InetSocketAddress startTlsAddress() {
    return startTls.address();
  }

  /** Where the server is encrypted from the first byte. */
  public InetSocketAddress tlsAddress() {
    return tls.address();
  }

  /** The certificate of the company's authority, PEM: who trusts it can connect. */
  public String authorityCertificate() {
    return IssuedCertificates.pem(certificates.authority());
  }

  /**
   * The server's own certificate, PEM, for those who pin it. It is valid for {@link #HOST},
   * localhost and 127.0.0.1.
   */
  public String serverCertificate() {
    return IssuedCertificates.pem(certificates.server());
  }

  /** SHA-256 of the server's own certificate, in hexadecimal digits, for those who pin it. */
  public String serverFingerprint() {
    return IssuedCertificates.fingerprint(certificates.server());
  }

  /**
   * Changes the password of a user. Who has signed in already stays so.
   *
   * @param user compared without regard to case
   */
  public void setPassword(String user, String password) {
    accounts.setPassword(user, password);
  }

  /** The accounts that the sign-in page lists: an ordinary one, and one for each quirk. */
  private static List<SimulatedAccount> listed() {
    return Stream.concat(
            Stream.of(new SimulatedAccount("sandy@company.test", "Sandy Sandbox", "sends mail")),
            Arrays.stream(Quirk.values())
                .map(
                    quirk ->
                        new SimulatedAccount(
                            quirk.label() + "@company.test", "Sandy Sandbox", quirk.summary())))
        .toList();
  }

  /** The sign-in page of the company's accounts, as Microsoft 365 has one. */
  public SimulatedMicrosoft microsoft() {
    return microsoft;
  }

  void close() {
    microsoft.close();
    startTls.close();
    tls.close();
  }
}
