package io.leverans.bootstrap.wiring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds a port of this machine that nobody listens on, below those that systems give to connections
 * by themselves (Linux: from 32768 on): none of them takes it before whoever needs it does.
 */
public final class FreePort {
  private static final int FIRST = 20_000;
  private static final int LAST = 32_000;
  private static final int TRIES = 100;

  private FreePort() {}

  /** One that is free now; whoever needs it should take it soon. */
  public static int find() {
    for (int i = 1; i < TRIES; i++) {
      try {
        return open(ThreadLocalRandom.current().nextInt(FIRST, LAST));
      } catch (IOException _) {
        // Somebody has it.
      }
    }
    try {
      return open(0);
    } catch (IOException e) {
      throw new UncheckedIOException("this machine has no free port", e);
    }
  }

  private static int open(int port) throws IOException {
    try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
