package io.leverans.mail.conversation;

import io.leverans.application.port.provider.InvalidSettingException;
import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host and a port as settings write them: {@code host:port}, {@code host}, {@code [::1]:port}.
 *
 * @param host a name or an address, IPv6 without brackets
 */
public record HostAndPort(String host, int port) {
  private static final Pattern TEXT =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([^\\s:\\[\\]]+))(?::(\\d{1,5}))?");
  private static final int MAX_PORT = 65_535;

  /**
   * Reads a setting.
   *
   * @throws InvalidSettingException if it is something else
   */
  public static HostAndPort parse(String key, String text, int portIfAbsent) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new InvalidSettingException(key, "'" + text + "' is not a host:port");
    }
    String host = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    int port = matcher.group(3) == null ? portIfAbsent : Integer.parseInt(matcher.group(3));
    if (port > MAX_PORT) {
      throw new InvalidSettingException(key, "'" + text + "' has a port above " + MAX_PORT);
    }
    return new HostAndPort(host, port);
  }

  /**
   * Itself, if its host is an address or a name that this machine knows.
   *
   * @throws InvalidSettingException if not
   */
  public HostAndPort requireResolvable(String key) {
    if (resolved().isUnresolved()) {
      throw new InvalidSettingException(key, "'" + host + "' is not a known host");
    }
    return this;
  }

  /** As this machine resolves it now. */
  public InetSocketAddress resolved() {
    return new InetSocketAddress(host, port);
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
