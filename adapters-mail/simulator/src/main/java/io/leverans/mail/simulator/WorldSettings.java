package io.leverans.mail.simulator;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How a simulated world is set up.
 *
 * @param dnsPort port of the name server on 127.0.0.1, UDP and TCP; 0 takes a free one
 * @param smtpPort port of the mail server on 127.0.0.1; 0 takes a free one
 * @param company how the company's own mail server is set up
 * @param mailServers domains whose mail another server takes, such as the platform's bounce domain,
 *     and where that server listens
 * @param reportDelay time from taking a message to the first mail written back, and from one to the
 *     next
 * @param retryPause time before a report is tried again after a temporary refusal
 * @param slowness how long a slow recipient takes for each answer
 * @param keptMails how many mails the inbox keeps, the newest ones
 * @param keptBytes how many bytes of mail the inbox keeps; the oldest go first
 */
public record WorldSettings(
    int dnsPort,
    int smtpPort,
    CompanySettings company,
    Map<String, InetSocketAddress> mailServers,
    Duration reportDelay,
    Duration retryPause,
    Duration slowness,
    int keptMails,
    long keptBytes) {

  public WorldSettings {
    mailServers =
        mailServers.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    server -> server.getKey().toLowerCase(Locale.ROOT), Map.Entry::getValue));
    if (keptMails < 1) {
      throw new IllegalArgumentException("keptMails must be at least 1, not " + keptMails);
    }
    if (reportDelay.isNegative() || retryPause.isNegative() || slowness.isNegative()) {
      throw new IllegalArgumentException("durations must not be negative");
    }
  }

  /** Free ports, reports a second after the mail, the newest 10,000 mails within 128 MB. */
  public static WorldSettings defaults() {
    return new WorldSettings(
        0,
        0,
        CompanySettings.defaults(),
        Map.of(),
        Duration.ofSeconds(1),
        Duration.ofSeconds(1),
        Duration.ofSeconds(3),
        10_000,
        128L * 1024 * 1024);
  }

  /** The same with mail for the domain led to a server that listens at the address. */
  public WorldSettings withMailServer(String domain, InetSocketAddress listener) {
    var servers = new HashMap<>(mailServers);
    servers.put(domain.toLowerCase(Locale.ROOT), listener);
    return new WorldSettings(
        dnsPort,
        smtpPort,
        company,
        servers,
        reportDelay,
        retryPause,
        slowness,
        keptMails,
        keptBytes);
  }

  /** The same with another set-up of the company's mail server. */
  public WorldSettings withCompany(CompanySettings settings) {
    return new WorldSettings(
        dnsPort,
        smtpPort,
        settings,
        mailServers,
        reportDelay,
        retryPause,
        slowness,
        keptMails,
        keptBytes);
  }

  /** The same with fixed ports of the name server and the mail server of all domains. */
  public WorldSettings withPorts(int dns, int smtp) {
    return new WorldSettings(
        dns, smtp, company, mailServers, reportDelay, retryPause, slowness, keptMails, keptBytes);
  }

  /** The same with another delay of reports. */
  public WorldSettings withReportDelay(Duration delay) {
    return new WorldSettings(
        dnsPort, smtpPort, company, mailServers, delay, retryPause, slowness, keptMails, keptBytes);
  }

  /** The same with another pause before a report is tried again. */
  public WorldSettings withRetryPause(Duration pause) {
    return new WorldSettings(
        dnsPort,
        smtpPort,
        company,
        mailServers,
        reportDelay,
        pause,
        slowness,
        keptMails,
        keptBytes);
  }

  /** The same with another time that slow recipients take. */
  public WorldSettings withSlowness(Duration time) {
    return new WorldSettings(
        dnsPort,
        smtpPort,
        company,
        mailServers,
        reportDelay,
        retryPause,
        time,
        keptMails,
        keptBytes);
  }

  /** The same with another bound on what the inbox keeps. */
  public WorldSettings withKept(int mails, long bytes) {
    return new WorldSettings(
        dnsPort, smtpPort, company, mailServers, reportDelay, retryPause, slowness, mails, bytes);
  }
}
