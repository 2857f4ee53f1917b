package io.leverans.bootstrap.sandbox;

import io.leverans.application.port.provider.ChannelProvider;
import io.leverans.application.port.provider.DnsRecord;
import io.leverans.application.port.provider.InvalidSettingException;
import io.leverans.application.port.provider.Providers;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.mail.msc.MscProvider;
import io.leverans.mail.simulator.SimulatedWorld;
import io.leverans.mail.simulator.WorldSettings;
import io.leverans.web.sandbox.SandboxInbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The simulated world, and what a provider has to be told so that its mail stays in it. Providers
 * run unchanged: only their settings say which name server to ask and which port to connect to.
 */
public final class Sandbox implements AutoCloseable {
  private static final ChannelKind OWN_SERVERS = new ChannelKind("msc");
  private static final List<String> SET_BY_THE_SANDBOX =
      List.of("dns-server", "port", "smart-host", "bounce-listen");

  private final SimulatedWorld world;
  private final String platformDomain;

  private Sandbox(SimulatedWorld world, String platformDomain) {
    this.world = world;
    this.platformDomain = platformDomain;
  }

  /** Starts the world on ports of its own. */
  public static Sandbox open(String platformDomain) {
    try {
      return new Sandbox(SimulatedWorld.start(WorldSettings.defaults()), platformDomain);
    } catch (IOException e) {
      throw new UncheckedIOException("the simulated world cannot be started", e);
    }
  }

  /**
   * The settings that keep a kind's mail in the world.
   *
   * @throws InvalidSettingException if the operator set what would lead out of it
   */
  public Map<String, String> settingsOf(ChannelKind kind, Map<String, String> set) {
    if (!kind.equals(OWN_SERVERS)) {
      return set;
    }
    for (String key : SET_BY_THE_SANDBOX) {
      if (set.containsKey(key)) {
        throw new InvalidSettingException(
            kind.name() + "." + key,
            "cannot be set in the sandbox, where nothing leaves the machine; remove it, or set mode"
                + " to live");
      }
    }
    Map<String, String> settings = new HashMap<>(set);
    settings.put("dns-server", "127.0.0.1:" + world.dnsAddress().getPort());
    settings.put("port", String.valueOf(world.smtpAddress().getPort()));
    settings.put("bounce-listen", "127.0.0.1:0");
    return settings;
  }

  /** Publishes what the providers ask for, and leads bounces back to their listeners. */
  public void connect(Providers providers) {
    providers.all().forEach(this::publish);
    providers
        .find(OWN_SERVERS)
        .filter(MscProvider.class::isInstance)
        .map(MscProvider.class::cast)
        .flatMap(MscProvider::bounceAddress)
        .ifPresent(this::leadBounces);
  }

  private void publish(ChannelProvider provider) {
    provider.setup().stream()
        .flatMap(step -> step.records().stream())
        .filter(dns -> dns.type() == DnsRecord.Type.TXT)
        .forEach(dns -> world.publishTxt(dns.name(), dns.value()));
  }

  private void leadBounces(InetSocketAddress listener) {
    world.leadMail(platformDomain, listener);
  }

  /** What the recipients got, as the HTTP API shows it. */
  public SandboxInbox inbox() {
    return new SimulatedMailboxes(world.inbox());
  }

  /** How many messages some recipient got more than once. */
  public int arrivedTwice() {
    return world.inbox().repeated().size();
  }

  @Override
  public void close() {
    world.close();
  }
}
