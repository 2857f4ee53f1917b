package io.leverans.bootstrap.settings;

import io.leverans.application.port.provider.InvalidSettingException;
import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads where a name server is: {@code host}, {@code host:port} or {@code [::1]:port}. */
final class NameServerAddress {
  private static final Pattern TEXT =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([^\\s:\\[\\]]+))(?::(\\d{1,5}))?");
  private static final int USUAL_PORT = 53;
  private static final int MAX_PORT = 65_535;

  private NameServerAddress() {}

  static InetSocketAddress parse(String key, String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new InvalidSettingException(
          key, "'" + text + "' is not a name server such as 192.0.2.53:53");
    }
    int port = matcher.group(3) == null ? USUAL_PORT : Integer.parseInt(matcher.group(3));
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
