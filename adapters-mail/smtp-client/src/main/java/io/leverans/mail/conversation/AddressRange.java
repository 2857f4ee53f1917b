package io.leverans.mail.conversation;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.xbill.DNS.Address;

/**
 * Neighbouring network addresses (RFC 4632, RFC 4291 §2.3).
 *
 * @param first the lowest of them
 * @param prefix how many bits they share
 */
public record AddressRange(InetAddress first, int prefix) {
  private static final Pattern TEXT = Pattern.compile("([0-9A-Fa-f:.]+)(?:/(\\d{1,3}))?");

  public AddressRange {
    int bits = first.getAddress().length * Byte.SIZE;
    if (prefix < 0 || prefix > bits) {
      throw new IllegalArgumentException("the length is from 0 to " + bits);
    }
    if (number(first).getLowestSetBit() >= 0 && number(first).getLowestSetBit() < bits - prefix) {
      throw new IllegalArgumentException("the address has bits beyond the length");
    }
  }

  /**
   * Reads {@code 10.1.0.0/16}, or one address.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static AddressRange parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    Optional<InetAddress> address =
        matcher.matches() ? literal(matcher.group(1)) : Optional.empty();
    if (address.isEmpty()) {
      throw new IllegalArgumentException("'" + text + "' is not a range such as 10.1.0.0/16");
    }
    String length = matcher.group(2);
    return new AddressRange(
        address.get(),
        length == null ? address.get().getAddress().length * Byte.SIZE : Integer.parseInt(length));
  }

  /**
   * An address as its own standards write it: four decimal numbers, or IPv6. What C libraries take
   * besides, such as one number or octal ones, is none. IPv6 that only wraps an IPv4 address (RFC
   * 4291 §2.5.5.2) is that address.
   */
  public static Optional<InetAddress> literal(String text) {
    byte[] octets = Address.toByteArray(text, text.contains(":") ? Address.IPv6 : Address.IPv4);
    try {
      return octets == null ? Optional.empty() : Optional.of(InetAddress.getByAddress(octets));
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException("an address has 4 or 16 octets", impossible);
    }
  }

  public boolean contains(InetAddress address) {
    int bits = first.getAddress().length * Byte.SIZE;
    return address.getAddress().length * Byte.SIZE == bits
        && number(address).xor(number(first)).bitLength() <= bits - prefix;
  }

  private static BigInteger number(InetAddress address) {
    return new BigInteger(1, address.getAddress());
  }
}
