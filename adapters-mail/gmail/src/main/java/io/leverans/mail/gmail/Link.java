package io.leverans.mail.gmail;

import io.leverans.domain.delivery.NextHop;
import io.leverans.domain.delivery.NextHop.Security;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;

/** A connection that carries one request. For one thread, but for {@link #breakOff}. */
final class Link implements AutoCloseable {
  private static final int GLANCE_MILLIS = 1;

  private final Socket wire;
  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final ScheduledExecutorService clock;

  /**
   * A link over a socket that stands.
   *
   * @param wire what carries the bytes
   * @param socket the encryption over it, or the same
   */
  Link(Socket wire, Socket socket, ScheduledExecutorService clock) throws IOException {
    this.wire = wire;
    this.socket = socket;
    this.clock = clock;
    this.in = new BufferedInputStream(socket.getInputStream());
    this.out = new BufferedOutputStream(socket.getOutputStream());
  }

  InputStream in() {
    return in;
  }

  OutputStream out() {
    return out;
  }

  NextHop hop(String host) {
    String address = wire.getInetAddress().getHostAddress() + ":" + wire.getPort();
    return new NextHop(
        host,
        address,
        socket instanceof SSLSocket encrypted
            ? new Security.Encrypted(encrypted.getSession().getProtocol(), Optional.empty())
            : new Security.Plain("the operator set an address that begins with http"));
  }

  /** Breaks the link off if what is done within takes longer. */
  Within within(Duration time) {
    ScheduledFuture<?> overdue =
        clock.schedule(this::breakOff, time.toMillis(), TimeUnit.MILLISECONDS);
    return () -> overdue.cancel(false);
  }

  /** Ends the watch. */
  interface Within extends AutoCloseable {
    @Override
    void close();
  }

  /** What can be seen of the other side without waiting for it. */
  enum Glance {
    QUIET,
    /** It has begun to answer. */
    SPEAKING,
    /** It will take nothing any more. */
    GONE
  }

  Glance glance() throws IOException {
    socket.setSoTimeout(GLANCE_MILLIS);
    in.mark(1);
    try {
      if (in.read() < 0) {
        return Glance.GONE;
      }
      in.reset();
      return Glance.SPEAKING;
    } catch (SocketTimeoutException _) {
      return Glance.QUIET;
    } finally {
      socket.setSoTimeout(0);
    }
  }

  /** Closes at once, so that the other side cannot take what it has for a whole. */
  void breakOff() {
    try {
      wire.setSoLinger(true, 0);
    } catch (SocketException _) {
      // it is closed already, or about to be
    }
    closeQuietly();
  }

  @Override
  public void close() {
    closeQuietly();
  }

  private void closeQuietly() {
    try {
      wire.close();
    } catch (IOException _) {
      // what was known of the request stays known
    }
  }
}
