package io.leverans.mail.simulator;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.List;

/**
 * The world that mail goes out to, on this machine: a name server that knows every domain, a mail
 * server that takes the mail of all of them, and recipients who do what their address says ({@link
 * Behaviour}). Both servers listen on 127.0.0.1 only. Safe for use by many threads.
 */
public final class SimulatedWorld implements AutoCloseable {
  private final Zone zone;
  private final SimulatedDns dns;
  private final SimulatedInbox inbox;
  private final MailRoutes routes;
  private final ReportMailer mailer;
  private final SmtpListener smtp;

  private SimulatedWorld(
      Zone zone,
      SimulatedDns dns,
      SimulatedInbox inbox,
      MailRoutes routes,
      ReportMailer mailer,
      SmtpListener smtp) {
    this.zone = zone;
    this.dns = dns;
    this.inbox = inbox;
    this.routes = routes;
    this.mailer = mailer;
    this.smtp = smtp;
  }

  /**
   * Starts both servers; they answer once this returns.
   *
   * @throws IOException if a port cannot be bound
   */
  public static SimulatedWorld start(WorldSettings settings) throws IOException {
    var clock = InstantSource.system();
    var zone = new Zone();
    var inbox =
        new SimulatedInbox(settings.keptMails(), settings.keptBytes(), new MailReader(zone));
    SimulatedDns dns = SimulatedDns.start(zone, settings.dnsPort());
    try {
      var routes = new MailRoutes(zone, dns.address());
      settings.mailServers().forEach(routes::lead);
      var mailer = new ReportMailer(routes, settings.reportDelay(), settings.retryPause(), clock);
      var tls = SelfSignedCertificate.serverContext(SmtpSession.HOST, clock.instant());
      var house = new MailHouse(inbox, new FirstTimes(), mailer, tls, settings.slowness(), clock);
      SmtpListener smtp = SmtpListener.start(settings.smtpPort(), house);
      routes.usualPort(smtp.address().getPort());
      return new SimulatedWorld(zone, dns, inbox, routes, mailer, smtp);
    } catch (IOException | RuntimeException trouble) {
      dns.close();
      throw trouble;
    } catch (GeneralSecurityException trouble) {
      dns.close();
      throw new IllegalStateException("this Java cannot make a certificate", trouble);
    }
  }

  /** Where the name server listens, UDP and TCP. */
  public InetSocketAddress dnsAddress() {
    return dns.address();
  }

  /** Where the mail server of all domains listens. */
  public InetSocketAddress smtpAddress() {
    return smtp.address();
  }

  /** What arrived. */
  public SimulatedInbox inbox() {
    return inbox;
  }

  /** What became of the newest reports, replies and complaints written back, newest first. */
  public List<ReportDelivery> reports() {
    return mailer.deliveries();
  }

  /** Publishes a TXT record, in place of what the name had; DKIM keys are looked up here. */
  public void publishTxt(String name, String value) {
    zone.publishTxt(name, value);
  }

  /**
   * Leads the mail of a domain to another server than the world's own, such as the platform's
   * bounce listener.
   *
   * @param listener an IPv4 address and port; the wildcard address stands for 127.0.0.1
   */
  public void leadMail(String domain, InetSocketAddress listener) {
    routes.lead(domain, listener);
  }

  /** Stops both servers, breaks open connections off and forgets reports not yet written. */
  @Override
  public void close() {
    smtp.close();
    mailer.close();
    dns.close();
  }
}
