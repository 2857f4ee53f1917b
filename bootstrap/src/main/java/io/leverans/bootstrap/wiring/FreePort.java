package io.leverans.bootstrap.wiring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Finds a port of this machine that nobody listens on. */
public final class FreePort {
  private FreePort() {}

  /** One that is free now; whoever needs it should take it soon. */
  public static int find() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("this machine has no free port", e);
    }
  }
}
