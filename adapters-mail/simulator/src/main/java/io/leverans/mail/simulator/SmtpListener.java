package io.leverans.mail.simulator;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A port of a mail server on 127.0.0.1; a virtual thread serves each client. */
final class SmtpListener implements AutoCloseable {
  private static final int BACKLOG = 1000;
  private static final Logger LOG = LoggerFactory.getLogger(SmtpListener.class);

  private final ServerSocket server;
  private final Service service;
  private final Set<Socket> clients = ConcurrentHashMap.newKeySet();

  private SmtpListener(ServerSocket server, Service service) {
    this.server = server;
    this.service = service;
  }

  /** Holds the conversation with a client that has connected, to its end. */
  @FunctionalInterface
  interface Service {
    void serve(SmtpConnection client) throws IOException;
  }

  /**
   * Binds and serves from then on.
   *
   * @param port the port, or 0 for a free one
   */
  static SmtpListener start(int port, Service service) throws IOException {
    var loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    var listener = new SmtpListener(new ServerSocket(port, BACKLOG, loopback), service);
    Thread.ofVirtual().name("simulator-smtp").start(listener::acceptClients);
    return listener;
  }

  InetSocketAddress address() {
    return new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
  }

  @Override
  public void close() {
    Sockets.closeQuietly(server);
    clients.forEach(Sockets::closeQuietly);
  }

  private void acceptClients() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        clients.add(client);
        Thread.ofVirtual().name("simulator-smtp-client").start(() -> serve(client));
      } catch (IOException closing) {
        LOG.debug("SMTP listener: {}", closing.getMessage());
      }
    }
  }

  private void serve(Socket client) {
    try {
      service.serve(new SmtpConnection(client));
    } catch (IOException gone) {
      LOG.debug("SMTP client: {}", gone.getMessage());
    } finally {
      Sockets.closeQuietly(client);
      clients.remove(client);
    }
  }
}
