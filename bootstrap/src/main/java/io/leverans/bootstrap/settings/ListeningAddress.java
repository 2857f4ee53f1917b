package io.leverans.bootstrap.settings;

import io.leverans.application.port.provider.InvalidSettingException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/**
 * Where the HTTP API is to listen.
 *
 * @param port 0 takes a free one
 */
public record ListeningAddress(String host, int port) {
  private static final int ANY_PORT = 0;

  /**
   * Listens there for a moment.
   *
   * @throws InvalidSettingException naming the host or the port, if that cannot be
   */
  public void check() {
    InetAddress address = resolve();
    try {
      listen(address, ANY_PORT);
    } catch (IOException e) {
      throw new InvalidSettingException(
          SettingKey.HTTP_HOST.key(),
          "'%s' is not an address of this machine (%s); 127.0.0.1 and 0.0.0.0 always are"
              .formatted(host, e.getMessage()));
    }
    try {
      listen(address, port);
    } catch (IOException e) {
      throw new InvalidSettingException(
          SettingKey.HTTP_PORT.key(),
          "cannot listen on port %d of %s (%s); choose another, or stop what listens there"
              .formatted(port, host, e.getMessage()));
    }
  }

  private InetAddress resolve() {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException _) {
      throw new InvalidSettingException(
          SettingKey.HTTP_HOST.key(), "no address is known of a host '" + host + "'");
    }
  }

  private static void listen(InetAddress address, int port) throws IOException {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(address, port));
    }
  }
}
