package io.leverans.mail.simulator;

import java.io.Closeable;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends connections. */
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
}
