package io.leverans.mail.simulator;

import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Two ways to end a connection. */
final class Sockets {
  private static final Logger LOG = LoggerFactory.getLogger(Sockets.class);

  private Sockets() {}

  static void closeQuietly(Closeable socket) {
    try {
      socket.close();
    } catch (IOException trouble) {
      LOG.debug("closing", trouble);
    }
  }

  /** Ends a connection as a machine that lost power would: a reset, and nothing sent before it. */
  static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException trouble) {
      LOG.debug("resetting", trouble);
    }
    closeQuietly(socket);
  }
}
