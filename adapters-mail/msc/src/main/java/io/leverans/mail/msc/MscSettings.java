package io.leverans.mail.msc;

import io.leverans.application.port.provider.InvalidSettingException;
import io.leverans.application.port.provider.ProviderSettings;
import io.leverans.mail.conversation.DomainName;
import io.leverans.mail.conversation.HostAndPort;
import io.leverans.mail.conversation.PoolLimits;
import io.leverans.mail.conversation.TimeoutSettings;
import io.leverans.mail.conversation.Timeouts;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How the platform's servers are set up.
 *
 * @param domain the platform's domain: of return paths, of signatures, of the bounce server
 * @param hostname the name we say hello with
 * @param port where the recipients' servers listen
 * @param smartHost the server that takes everything, if not the recipients' own
 * @param dnsServer asked for everything, if not those of the system
 * @param paces how much goes to each destination
 * @param warmUp for as long as the servers are new
 * @param newSenderDomains that begin with little, too
 * @param tls what is asked of encryption
 * @param bounces how bounces are taken in
 */
record MscSettings(
    String domain,
    String hostname,
    int port,
    Optional<HostAndPort> smartHost,
    Optional<HostAndPort> dnsServer,
    IpVersions ipVersions,
    Optional<String> dkimSelector,
    Timeouts timeouts,
    Duration dnsTimeout,
    PoolLimits pool,
    DestinationPaces paces,
    Optional<WarmUp> warmUp,
    NewSenderDomains newSenderDomains,
    TlsSettings tls,
    BounceSettings bounces) {
  private static final Pattern SELECTOR = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");
  private static final int MAX_PORT = 65_535;
  private static final int SMTP = 25;
  private static final int DNS = 53;
  private static final int MANY = 10_000;

  /** Which addresses are connected to. */
  enum IpVersions {
    ANY,
    IPV4_ONLY
  }

  /** Whether mail is signed. */
  enum Dkim {
    ON,
    OFF
  }

  /**
   * How bounces are taken in.
   *
   * @param complaints the part before the @ of the address that feedback loops write to, in lower
   *     case
   * @param connections at most so many at a time
   * @param connectionsPerHost at most so many at a time from one address
   * @param timeout for the other side to say something
   * @param reportSize the longest report, in octets
   */
  record BounceSettings(
      HostAndPort listen,
      String complaints,
      int connections,
      int connectionsPerHost,
      Duration timeout,
      int reportSize) {
    private static final Pattern DOT_ATOM =
        Pattern.compile("[A-Za-z0-9_+-]+(?:\\.[A-Za-z0-9_+-]+)*");
    private static final int LONGEST_LOCAL_PART = 64;
    private static final int LEAST_SIZE = 64 * 1024;
    private static final int MOST_SIZE = 100 * 1024 * 1024;
    private static final int USUAL_SIZE = 10 * 1024 * 1024;
    private static final int USUAL_PORT = 2525;

    static BounceSettings of(ProviderSettings settings) {
      return new BounceSettings(
          settings
              .find("bounce-listen")
              .map(text -> HostAndPort.parse("bounce-listen", text, USUAL_PORT))
              .map(place -> place.requireResolvable("bounce-listen"))
              .orElse(new HostAndPort("0.0.0.0", USUAL_PORT)),
          complaints(settings.find("complaints").orElse("abuse")),
          settings.number("bounce-connections", 500, 1, MANY),
          settings.number("bounce-connections-per-host", 20, 1, MANY),
          settings.duration("bounce-timeout", Duration.ofMinutes(5)),
          settings
              .find("report-size")
              .map(text -> OctetCount.parse("report-size", text, LEAST_SIZE, MOST_SIZE))
              .orElse(USUAL_SIZE));
    }

    private static String complaints(String text) {
      if (text.length() > LONGEST_LOCAL_PART || !DOT_ATOM.matcher(text).matches()) {
        throw new InvalidSettingException(
            "complaints",
            "'"
                + text
                + "' is not what stands before an @, such as abuse; the domain is msc.domain");
      }
      return text.toLowerCase(Locale.ROOT);
    }
  }

  /** Where feedback loops send the complaints that the platform registered for. */
  String complaintAddress() {
    return bounces.complaints() + "@" + domain;
  }

  /**
   * Reads the deployment's settings.
   *
   * @throws InvalidSettingException naming the first that cannot be used
   */
  static MscSettings of(ProviderSettings settings, String platformDomain) {
    Optional<HostAndPort> smartHost =
        settings.find("smart-host").map(text -> server("smart-host", text, SMTP));
    String domain = DomainName.require("domain", settings.find("domain").orElse(platformDomain));
    return new MscSettings(
        domain,
        settings.find("hostname").map(text -> DomainName.require("hostname", text)).orElse(domain),
        settings.number("port", SMTP, 1, MAX_PORT),
        smartHost,
        settings
            .find("dns-server")
            .map(text -> server("dns-server", text, DNS).requireResolvable("dns-server")),
        settings.choice("ip-versions", IpVersions.ANY),
        switch (settings.choice("dkim", Dkim.ON)) {
          case ON -> Optional.of(selector(settings.find("dkim-selector").orElse("leverans")));
          case OFF -> Optional.empty();
        },
        TimeoutSettings.read(settings),
        settings.duration("dns-timeout", Duration.ofSeconds(5)),
        new PoolLimits(
            settings.number("connections-per-destination", 20, 1, MANY),
            settings.duration("connection-idle", Duration.ofSeconds(15)),
            settings.number("messages-per-connection", 100, 1, Integer.MAX_VALUE)),
        DestinationPaces.of(settings, smartHost),
        settings.find("warm-up").map(text -> WarmUp.parse("warm-up", text)),
        settings
            .find(NewSenderDomains.KEY)
            .map(NewSenderDomains::parse)
            .orElse(NewSenderDomains.NONE),
        TlsSettings.of(settings, smartHost),
        BounceSettings.of(settings));
  }

  private static HostAndPort server(String key, String text, int portIfAbsent) {
    HostAndPort server = HostAndPort.parse(key, text, portIfAbsent);
    if (server.port() == 0) {
      throw new InvalidSettingException(key, "'" + text + "' has port 0, where nobody listens");
    }
    return server;
  }

  private static String selector(String text) {
    if (!SELECTOR.matcher(text).matches()) {
      throw new InvalidSettingException(
          "dkim-selector", "'" + text + "' is not up to 63 lower-case letters, digits and dashes");
    }
    return text;
  }
}
