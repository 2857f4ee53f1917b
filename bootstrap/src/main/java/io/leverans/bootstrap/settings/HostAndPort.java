package io.leverans.bootstrap.settings;

import io.leverans.application.port.provider.InvalidSettingException;
import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads addresses: {@code host}, {@code host:port} or {@code [::1]:port}. */
final class HostAndPort {
  private static final Pattern TEXT =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([^\\s:\\[\\]]+))(?::(\\d{1,5}))?");

  /** For addresses that have to name theirs. */
  static final int NO_USUAL_PORT = 0;

  private static final int MAX_PORT = 65_535;

  private final String key;
  private final String wanted;
  private final int usualPort;

  /**
   * How one setting is read.
   *
   * @param wanted what it should be, with an example
   */
  HostAndPort(SettingKey key, String wanted, int usualPort) {
    this.key = key.key();
    this.wanted = wanted;
    this.usualPort = usualPort;
  }

  InetSocketAddress parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches() || (matcher.group(3) == null && usualPort == NO_USUAL_PORT)) {
      throw new InvalidSettingException(key, "'" + text + "' is not " + wanted);
    }
    int port = matcher.group(3) == null ? usualPort : Integer.parseInt(matcher.group(3));
    if (port < 1 || port > MAX_PORT) {
      throw new InvalidSettingException(key, "'" + text + "' has a port that there is not");
    }
    var address =
        new InetSocketAddress(matcher.group(1) == null ? matcher.group(2) : matcher.group(1), port);
    if (address.isUnresolved()) {
      throw new InvalidSettingException(key, "'" + text + "' names a host that is not known");
    }
    return address;
  }
}
