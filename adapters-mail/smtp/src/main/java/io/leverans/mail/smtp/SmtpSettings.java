package io.leverans.mail.smtp;

import io.leverans.application.port.provider.InvalidSettingException;
import io.leverans.application.port.provider.ProviderSettings;
import io.leverans.mail.conversation.DomainName;
import io.leverans.mail.conversation.HostAndPort;
import io.leverans.mail.conversation.HostGuard;
import io.leverans.mail.conversation.TimeoutSettings;
import io.leverans.mail.conversation.Timeouts;
import java.time.Duration;
import java.util.Optional;

/**
 * How the deployment wants customers' servers to be spoken with.
 *
 * @param hostname the name we say hello with, unless a channel has one of its own
 * @param guard which addresses may be connected to
 * @param dnsServer asked for everything, if not those of the system
 * @param returnPathDomain the domain that signed return paths are at
 * @param idle how long a connection is kept unused
 * @param messages after so many messages a connection is closed
 * @param signIn the pages that owners of accounts may sign in on
 */
record SmtpSettings(
    String hostname,
    HostGuard guard,
    Optional<HostAndPort> dnsServer,
    Duration dnsTimeout,
    SignedReturnPaths verp,
    String returnPathDomain,
    Timeouts timeouts,
    Duration idle,
    int messages,
    SignInServers signIn) {
  private static final int DNS = 53;

  /** Whether channels may use signed return paths at the platform's domain. */
  enum SignedReturnPaths {
    OFFERED,
    REFUSED
  }

  /**
   * Reads the deployment's settings.
   *
   * @throws InvalidSettingException naming the first that cannot be used
   */
  static SmtpSettings of(ProviderSettings settings, String platformDomain) {
    return new SmtpSettings(
        settings
            .find("hostname")
            .map(text -> DomainName.require("hostname", text))
            .orElse(platformDomain),
        HostGuard.parse("networks", settings.find("networks").orElse("public")),
        settings
            .find("dns-server")
            .map(text -> HostAndPort.parse("dns-server", text, DNS))
            .map(server -> server.requireResolvable("dns-server")),
        settings.duration("dns-timeout", Duration.ofSeconds(5)),
        settings.choice("verp", SignedReturnPaths.OFFERED),
        settings
            .find("return-path-domain")
            .map(text -> DomainName.require("return-path-domain", text))
            .orElse(platformDomain),
        TimeoutSettings.read(settings),
        settings.duration("connection-idle", Duration.ofSeconds(15)),
        settings.number("messages-per-connection", 100, 1, Integer.MAX_VALUE),
        SignInServers.of(settings));
  }
}
