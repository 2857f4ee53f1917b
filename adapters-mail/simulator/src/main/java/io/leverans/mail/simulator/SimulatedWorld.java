package io.leverans.mail.simulator;

import io.leverans.mail.simulator.LineReader.Block;
import io.leverans.mail.simulator.SmtpRules.Origin;
import io.leverans.mail.simulator.google.GoogleSettings;
import io.leverans.mail.simulator.google.SimulatedGoogle;
import io.leverans.mail.simulator.google.Surroundings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The world that mail goes out to, on this machine: a name server that knows every domain, a mail
 * server that takes the mail of all of them, recipients who do what their address says ({@link
 * Behaviour}), domains that demand encryption ({@link SimulatedPolicies}), and a company's mail
 * server that passes on what its users send ({@link SimulatedCompany}). All listen on 127.0.0.1
 * only. Safe for use by many threads.
 */
public final class SimulatedWorld implements AutoCloseable {
  private static final String GOOGLE_HOST = "mail-sor-f41.google.com";

  private final Zone zone;
  private final SimulatedDns dns;
  private final SimulatedInbox inbox;
  private final MailRoutes routes;
  private final ReportMailer mailer;
  private final SmtpListener smtp;
  private final SimulatedCompany company;
  private final SimulatedPolicies policies;
  private final MailHouse house;
  private final List<SimulatedGoogle> googles = new CopyOnWriteArrayList<>();

  private SimulatedWorld(
      Zone zone,
      SimulatedDns dns,
      SimulatedInbox inbox,
      MailRoutes routes,
      ReportMailer mailer,
      SmtpListener smtp,
      SimulatedCompany company,
      SimulatedPolicies policies,
      MailHouse house) {
    this.zone = zone;
    this.dns = dns;
    this.inbox = inbox;
    this.routes = routes;
    this.mailer = mailer;
    this.smtp = smtp;
    this.company = company;
    this.policies = policies;
    this.house = house;
  }

  /**
   * Starts all servers; they answer once this returns.
   *
   * @throws IOException if a port cannot be bound
   */
  public static SimulatedWorld start(WorldSettings settings) throws IOException {
    var clock = InstantSource.system();
    var zone = new Zone();
    var inbox =
        new SimulatedInbox(settings.keptMails(), settings.keptBytes(), new MailReader(zone));
    var started = new ArrayDeque<Runnable>();
    try {
      SimulatedDns dns = SimulatedDns.start(zone, settings.dnsPort());
      started.push(dns::close);
      var routes = new MailRoutes(zone, dns.address());
      var mailer = new ReportMailer(routes, settings.reportDelay(), settings.retryPause(), clock);
      started.push(mailer::close);
      SimulatedPolicies policies = SimulatedPolicies.start(zone, clock.instant());
      started.push(policies::close);
      var tls =
          policies.mailServers(SelfSignedCertificate.create(RecipientsRules.HOST, clock.instant()));
      var house = new MailHouse(inbox, new FirstTimes(), mailer, tls, settings.slowness(), clock);
      SmtpListener smtp = SmtpListener.start(settings.smtpPort(), client -> serve(client, house));
      started.push(smtp::close);
      routes.usualPort(smtp.address().getPort());
      SimulatedCompany company = SimulatedCompany.start(settings.company(), house, zone);
      return new SimulatedWorld(zone, dns, inbox, routes, mailer, smtp, company, policies, house);
    } catch (IOException | RuntimeException trouble) {
      started.forEach(Runnable::run);
      throw trouble;
    } catch (GeneralSecurityException trouble) {
      started.forEach(Runnable::run);
      throw new IllegalStateException("this Java cannot make a certificate", trouble);
    }
  }

  private static void serve(SmtpConnection client, MailHouse house) throws IOException {
    new SmtpSession(client, new RecipientsRules(house), house.tls(), house.slowness()).converse();
  }

  /** Where the name server listens, UDP and TCP. */
  public InetSocketAddress dnsAddress() {
    return dns.address();
  }

  /** Where the mail server of all domains listens. */
  public InetSocketAddress smtpAddress() {
    return smtp.address();
  }

  /** The company whose own mail server users sign in to. */
  public SimulatedCompany company() {
    return company;
  }

  /** The domains that publish how their mail is to be encrypted. */
  public SimulatedPolicies policies() {
    return policies;
  }

  /**
   * Starts Google, which lets people sign in, takes their mail and passes it on to the recipients
   * of the world. It stops with the world.
   *
   * @throws IOException if its port cannot be bound
   */
  public SimulatedGoogle openGoogle(GoogleSettings settings) throws IOException {
    var relay = new Relay(house, zone, GOOGLE_HOST, ReportShape.GMAIL);
    SimulatedGoogle google = SimulatedGoogle.start(settings, new Outside(relay));
    inbox.watch(mail -> google.arrived(mail.recipient(), mail.bytes()));
    googles.add(google);
    return google;
  }

  /** The world as Google sees it. */
  private final class Outside implements Surroundings {
    private final Relay relay;

    Outside(Relay relay) {
      this.relay = relay;
    }

    @Override
    public void deliver(String returnPath, List<String> recipients, byte[] mail) {
      var envelope = new Envelope(returnPath);
      recipients.forEach(envelope::add);
      relay.take(envelope, new Origin(GOOGLE_HOST, Optional.of("TLSv1.3")), Block.of(mail));
    }

    @Override
    public void publishTxt(String name, String value) {
      zone.publishTxt(name, value);
    }

    @Override
    public InstantSource clock() {
      return house.clock();
    }
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

  /** Adds a TXT record to those of a name. */
  public void addTxt(String name, String value) {
    zone.addTxt(name, value);
  }

  /** Takes all TXT records of a name away. */
  public void withdrawTxt(String name) {
    zone.withdrawTxt(name);
  }

  /**
   * Makes a name an alias of another (CNAME).
   *
   * @throws IllegalArgumentException if the target is no name
   */
  public void publishAlias(String name, String target) {
    zone.publishAlias(name, target);
  }

  public void withdrawAlias(String name) {
    zone.withdrawAlias(name);
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

  /** Stops all servers, breaks open connections off and forgets reports not yet written. */
  @Override
  public void close() {
    googles.forEach(SimulatedGoogle::close);
    company.close();
    policies.close();
    smtp.close();
    mailer.close();
    dns.close();
  }
}
