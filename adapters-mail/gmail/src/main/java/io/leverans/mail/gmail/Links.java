package io.leverans.mail.gmail;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Connects, a new connection for each request: one that was kept may be dead without our knowing,
 * and then a request over it ends in doubt. Safe for use by many threads.
 */
final class Links implements AutoCloseable {
  private static final int MOST_ADDRESSES = 4;
  private static final int HTTPS = 443;
  private static final int HTTP = 80;

  private final SSLSocketFactory encryption;
  private final Patience patience;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().daemon().name("gmail-deadlines").unstarted(task));

  Links(SSLSocketFactory encryption, Patience patience) {
    this.encryption = encryption;
    this.patience = patience;
  }

  Patience patience() {
    return patience;
  }

  static int portOf(URI address) {
    if (address.getPort() >= 0) {
      return address.getPort();
    }
    return isEncrypted(address) ? HTTPS : HTTP;
  }

  private static boolean isEncrypted(URI address) {
    return "https".equals(address.getScheme());
  }

  /** Turns to one address of the host after the other until one can be spoken with. */
  Link open(URI address) throws IOException {
    InetAddress[] places = InetAddress.getAllByName(address.getHost());
    IOException failure = null;
    for (InetAddress place : Arrays.stream(places).limit(MOST_ADDRESSES).toList()) {
      try {
        return open(address, place);
      } catch (IOException unreachable) {
        failure = unreachable;
      }
    }
    throw failure == null ? new IOException("the host has no address") : failure;
  }

  private Link open(URI address, InetAddress place) throws IOException {
    Socket wire = new Socket();
    try {
      wire.setTcpNoDelay(true);
      wire.connect(
          new InetSocketAddress(place, portOf(address)), (int) patience.connect().toMillis());
      return new Link(wire, isEncrypted(address) ? encrypted(wire, address) : wire, clock);
    } catch (IOException | RuntimeException broken) {
      wire.close();
      throw broken;
    }
  }

  private SSLSocket encrypted(Socket wire, URI address) throws IOException {
    SSLSocket socket =
        (SSLSocket) encryption.createSocket(wire, address.getHost(), portOf(address), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    socket.setSoTimeout((int) patience.connect().toMillis());
    socket.startHandshake();
    socket.setSoTimeout(0);
    return socket;
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
