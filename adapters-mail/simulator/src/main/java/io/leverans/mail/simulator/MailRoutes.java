package io.leverans.mail.simulator;

import java.io.IOException;
import java.net.IDN;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Lookup;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/**
 * Finds the server that takes mail for a domain through the world's name server. A name server
 * knows no ports, so this also holds the port of each host. Safe for use by many threads.
 */
final class MailRoutes {
  private static final Duration DNS_TIMEOUT = Duration.ofSeconds(5);

  private final Zone zone;
  private final SimpleResolver resolver;
  private final Map<String, Integer> ports = new ConcurrentHashMap<>();
  private volatile int usualPort;

  MailRoutes(Zone zone, InetSocketAddress dns) {
    this.zone = zone;
    this.resolver = new SimpleResolver(dns);
    resolver.setTimeout(DNS_TIMEOUT);
  }

  /** Sets the port of all hosts that have none of their own. */
  void usualPort(int port) {
    usualPort = port;
  }

  /** Leads the mail of a domain to a server of its own. */
  void lead(String domain, InetSocketAddress listener) {
    InetAddress address = listener.getAddress();
    if (address == null || !(address instanceof Inet4Address || address.isAnyLocalAddress())) {
      throw new IllegalArgumentException("needs an IPv4 address: " + listener);
    }
    String host = "mx." + domain.toLowerCase(Locale.ROOT);
    zone.publishAddress(host, address.isAnyLocalAddress() ? Zone.LOOPBACK : address);
    ports.put(host, listener.getPort());
  }

  /**
   * The server with the best preference.
   *
   * @throws IOException if the domain has none
   */
  InetSocketAddress serverOf(String domain) throws IOException {
    Name name = Name.fromString(IDN.toASCII(domain, IDN.ALLOW_UNASSIGNED) + '.');
    MXRecord best =
        Arrays.stream(lookUp(name, Type.MX))
            .map(MXRecord.class::cast)
            .min(Comparator.comparingInt(MXRecord::getPriority))
            .orElseThrow(() -> new IOException("no mail server for " + domain));
    ARecord address =
        Arrays.stream(lookUp(best.getTarget(), Type.A))
            .map(ARecord.class::cast)
            .findFirst()
            .orElseThrow(() -> new IOException("no address of " + best.getTarget()));
    String host = best.getTarget().toString(true).toLowerCase(Locale.ROOT);
    return new InetSocketAddress(address.getAddress(), ports.getOrDefault(host, usualPort));
  }

  private Record[] lookUp(Name name, int type) {
    var lookup = new Lookup(name, type);
    lookup.setResolver(resolver);
    lookup.setCache(null);
    Record[] found = lookup.run();
    return found == null ? new Record[0] : found;
  }
}
