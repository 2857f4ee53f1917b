package io.leverans.mail.conversation;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The system's resolver, which notes the names that it is asked for. */
public final class WatchedNames extends InetAddressResolverProvider {
  private static final Set<String> ASKED = ConcurrentHashMap.newKeySet();

  /** All names that anybody in this JVM has asked for. */
  static Set<String> asked() {
    return Set.copyOf(ASKED);
  }

  @Override
  public InetAddressResolver get(Configuration configuration) {
    return new Watched(configuration.builtinResolver());
  }

  @Override
  public String name() {
    return "watched";
  }

  private record Watched(InetAddressResolver system) implements InetAddressResolver {
    @Override
    public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
        throws UnknownHostException {
      ASKED.add(host);
      return system.lookupByName(host, policy);
    }

    @Override
    public String lookupByAddress(byte[] address) throws UnknownHostException {
      return system.lookupByAddress(address);
    }
  }
}
