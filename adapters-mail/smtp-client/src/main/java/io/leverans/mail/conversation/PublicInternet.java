package io.leverans.mail.conversation;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The addresses that belong to somebody on the internet: not to a private network, to this machine,
 * to a link and its metadata service, to examples or to groups (the IANA registries of special
 * purpose addresses, RFC 6890). An IPv6 address that leads to an IPv4 one is as public as that.
 */
final class PublicInternet {
  private static final List<AddressRange> NOT_PUBLIC =
      ranges(
          "0.0.0.0/8", // this host, on this network
          "10.0.0.0/8",
          "100.64.0.0/10", // shared behind a carrier's NAT
          "127.0.0.0/8",
          "169.254.0.0/16", // the link, with cloud metadata
          "172.16.0.0/12",
          "192.0.0.0/24",
          "192.0.2.0/24", // for examples, as the two below
          "192.31.196.0/24", // AS112
          "192.52.193.0/24", // AMT
          "192.88.99.0/24", // relays of 6to4
          "192.168.0.0/16",
          "192.175.48.0/24", // AS112
          "198.18.0.0/15", // benchmarks
          "198.51.100.0/24",
          "203.0.113.0/24",
          "224.0.0.0/4", // groups
          "240.0.0.0/4", // reserved, and broadcast
          "2001::/23", // protocols; Teredo is looked into below
          "2001:db8::/32", // for examples, as the one below
          "3fff::/20",
          "2620:4f:8000::/48"); // AS112

  /** All that was ever given out; what lies outside is not public, known or not. */
  private static final AddressRange GLOBAL_UNICAST = AddressRange.parse("2000::/3");

  private static final AddressRange TEREDO = AddressRange.parse("2001::/32");
  private static final AddressRange SIX_TO_FOUR = AddressRange.parse("2002::/16");
  private static final AddressRange NAT64 = AddressRange.parse("64:ff9b::/96");
  private static final int V4 = 4;

  private PublicInternet() {}

  static boolean includes(InetAddress address) {
    byte[] octets = address.getAddress();
    if (octets.length == V4) {
      return isNotExcepted(address);
    }
    List<InetAddress> within = within(address, octets);
    if (!within.isEmpty()) {
      return within.stream().allMatch(PublicInternet::includes);
    }
    return GLOBAL_UNICAST.contains(address) && isNotExcepted(address);
  }

  private static boolean isNotExcepted(InetAddress address) {
    return NOT_PUBLIC.stream().noneMatch(range -> range.contains(address));
  }

  /** The IPv4 addresses that traffic to an IPv6 address may come out at. */
  private static List<InetAddress> within(InetAddress address, byte[] octets) {
    List<InetAddress> found = new ArrayList<>();
    if (NAT64.contains(address) || wrapsAnother(octets)) {
      found.add(four(octets, 12, 0));
    }
    if (SIX_TO_FOUR.contains(address)) {
      found.add(four(octets, 2, 0));
    }
    if (TEREDO.contains(address)) {
      found.add(four(octets, 4, 0));
      found.add(four(octets, 12, 0xff));
    }
    if (isIsatap(octets)) {
      found.add(four(octets, 12, 0));
    }
    return found;
  }

  /** {@code ::ffff:a.b.c.d}, and {@code ::a.b.c.d} with nothing and the machine itself. */
  private static boolean wrapsAnother(byte[] octets) {
    boolean mapped = octets[10] == (byte) 0xff && octets[11] == (byte) 0xff;
    return isZero(octets, 0, 10) && (mapped || isZero(octets, 10, 12));
  }

  /** Tunnels within a site (RFC 5214 §6.1). */
  private static boolean isIsatap(byte[] octets) {
    boolean flagged = octets[8] == 0 || octets[8] == 2;
    return flagged && octets[9] == 0 && octets[10] == 0x5e && octets[11] == (byte) 0xfe;
  }

  private static boolean isZero(byte[] octets, int from, int to) {
    for (int i = from; i < to; i++) {
      if (octets[i] != 0) {
        return false;
      }
    }
    return true;
  }

  private static InetAddress four(byte[] octets, int from, int mask) {
    byte[] four = Arrays.copyOfRange(octets, from, from + V4);
    for (int i = 0; i < V4; i++) {
      four[i] ^= (byte) mask;
    }
    try {
      return InetAddress.getByAddress(four);
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException("an address has 4 or 16 octets", impossible);
    }
  }

  private static List<AddressRange> ranges(String... texts) {
    return Stream.of(texts).map(AddressRange::parse).toList();
  }
}
