package io.leverans.mail.conversation;

import io.leverans.application.port.provider.InvalidSettingException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides which addresses may be connected to, so that a host that somebody else names cannot lead
 * into networks that only the platform reaches. It is asked for the very address that is then
 * connected to.
 *
 * @param open whether all of the public internet is allowed
 * @param ranges allowed besides
 */
public record HostGuard(PublicAddresses open, List<AddressRange> ranges) {
  private static final String PUBLIC = "public";

  public HostGuard {
    ranges = List.copyOf(ranges);
  }

  /** What holds for the public internet. */
  public enum PublicAddresses {
    ALLOWED,
    REFUSED
  }

  /**
   * Reads a setting such as {@code public, 10.1.0.0/16}.
   *
   * @throws InvalidSettingException if it is something else
   */
  public static HostGuard parse(String key, String text) {
    PublicAddresses open = PublicAddresses.REFUSED;
    List<AddressRange> ranges = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      String item = part.strip();
      if (item.equals(PUBLIC)) {
        open = PublicAddresses.ALLOWED;
      } else {
        ranges.add(range(key, item));
      }
    }
    return new HostGuard(open, ranges);
  }

  private static AddressRange range(String key, String item) {
    try {
      return AddressRange.parse(item);
    } catch (IllegalArgumentException e) {
      throw new InvalidSettingException(
          key,
          "'%s' is neither public nor a range such as 10.1.0.0/16 (%s)"
              .formatted(item, e.getMessage()));
    }
  }

  public boolean allows(InetAddress address) {
    boolean asPublic =
        switch (open) {
          case ALLOWED -> PublicInternet.includes(address);
          case REFUSED -> false;
        };
    return asPublic || ranges.stream().anyMatch(range -> range.contains(address));
  }
}
