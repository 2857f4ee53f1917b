package io.leverans.mail.simulator;

import java.time.Duration;

/**
 * How a simulated world is set up.
 *
 * @param dnsPort port of the name server on 127.0.0.1, UDP and TCP; 0 takes a free one
 * @param smtpPort port of the mail server on 127.0.0.1; 0 takes a free one
 * @param company how the company's own mail server is set up
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
    Duration reportDelay,
    Duration retryPause,
    Duration slowness,
    int keptMails,
    long keptBytes) {

  public WorldSettings {
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
        Duration.ofSeconds(1),
        Duration.ofSeconds(1),
        Duration.ofSeconds(3),
        10_000,
        128L * 1024 * 1024);
  }

  /** The same with another set-up of the company's mail server. */
  public WorldSettings withCompany(CompanySettings settings) {
    return new WorldSettings(
        dnsPort, smtpPort, settings, reportDelay, retryPause, slowness, keptMails, keptBytes);
  }

  /** The same with fixed ports of the name server and the mail server of all domains. */
  public WorldSettings withPorts(int dns, int smtp) {
    return new WorldSettings(
        dns, smtp, company, reportDelay, retryPause, slowness, keptMails, keptBytes);
  }

  /** The same with another delay of reports. */
  public WorldSettings withReportDelay(Duration delay) {
    return new WorldSettings(
        dnsPort, smtpPort, company, delay, retryPause, slowness, keptMails, keptBytes);
  }

  /** The same with another pause before a report is tried again. */
  public WorldSettings withRetryPause(Duration pause) {
    return new WorldSettings(
        dnsPort, smtpPort, company, reportDelay, pause, slowness, keptMails, keptBytes);
  }

  /** The same with another time that slow recipients take. */
  public WorldSettings withSlowness(Duration time) {
    return new WorldSettings(
        dnsPort, smtpPort, company, reportDelay, retryPause, time, keptMails, keptBytes);
  }

  /** The same with another bound on what the inbox keeps. */
  public WorldSettings withKept(int mails, long bytes) {
    return new WorldSettings(
        dnsPort, smtpPort, company, reportDelay, retryPause, slowness, mails, bytes);
  }
}
