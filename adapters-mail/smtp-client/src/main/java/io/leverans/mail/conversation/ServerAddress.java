package io.leverans.mail.conversation;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Objects;

/**
 * One place to connect to: a server's name, and one of the addresses that its caller resolved it
 * to.
 */
public record ServerAddress(String host, InetAddress address, int port) {
  public ServerAddress {
    Objects.requireNonNull(host);
    Objects.requireNonNull(address);
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("a port lies between 1 and 65535, not " + port);
    }
  }

  /** Holds the name beside the address, so that nobody asks the reverse DNS for it. */
  InetSocketAddress toSocketAddress() {
    try {
      return new InetSocketAddress(InetAddress.getByAddress(host, address.getAddress()), port);
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException("an address has 4 or 16 octets", impossible);
    }
  }

  /** Address and port as text, IPv6 in brackets. */
  public String numeric() {
    String text = address.getHostAddress();
    return (address instanceof Inet6Address ? "[" + text + "]" : text) + ":" + port;
  }

  @Override
  public String toString() {
    return host + " [" + address.getHostAddress() + "]:" + port;
  }
}
