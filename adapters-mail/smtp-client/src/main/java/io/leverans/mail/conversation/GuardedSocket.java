package io.leverans.mail.conversation;

import io.leverans.domain.delivery.NextHop.Security;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A connection whose every step has a deadline, whose replies have a longest length, that can be
 * looked at without waiting, and that can turn encrypted in place. Used by one conversation; only
 * the watchdog comes from another thread.
 */
final class GuardedSocket extends Socket {
  private static final int LONGEST_REPLY = 64 * 1024;
  private static final int BUFFER = 4 * 1024;
  private static final long NEVER = Long.MAX_VALUE;

  private final ServerAddress server;
  private final Watchdog watchdog;
  private final SocketChannel channel;
  private final long epoch = System.nanoTime();
  private volatile long deadline = NEVER;
  private volatile boolean cutOff;
  private int replyLength;
  private int unread = -1;
  private @Nullable SSLSocket encrypted;
  private @Nullable InputStream encryptedInput;
  private @Nullable OutputStream encryptedOutput;
  private @Nullable Replies replies;
  private @Nullable Trust measure;
  private Security security = new Security.Plain("the server offers no encryption");

  GuardedSocket(ServerAddress server, Watchdog watchdog) throws IOException {
    this.server = server;
    this.watchdog = watchdog;
    channel = SocketChannel.open();
    watchdog.watch(this);
  }

  /** Connects, or fails with what the network says. */
  void open(Duration timeout) throws IOException {
    allow(timeout);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.connect(new InetSocketAddress(server.address(), server.port()));
    rest();
  }

  /** The next step, with all it reads and writes, is to be over in this time. */
  void allow(Duration time) {
    replyLength = 0;
    deadline = System.nanoTime() - epoch + time.toNanos();
  }

  /** No step is under way. */
  void rest() {
    deadline = NEVER;
  }

  void cutOffIfOverdue(long nanoTime) {
    if (nanoTime - epoch > deadline) {
      cutOff = true;
      drop();
    }
  }

  /** Whether a step was not over in time. */
  boolean wasCutOff() {
    return cutOff;
  }

  /**
   * Looks at the connection without waiting. What has come is kept for whoever reads next.
   *
   * @return {@link Pulse#GONE} only if nothing that we say can be heard any more
   */
  Pulse pulse() {
    try {
      channel.configureBlocking(false);
      try {
        ByteBuffer octet = ByteBuffer.allocate(1);
        int read = channel.read(octet);
        if (read > 0) {
          unread = octet.get(0) & 0xff;
        }
        return read < 0 ? Pulse.GONE : unread < 0 ? Pulse.QUIET : Pulse.SPOKE;
      } finally {
        channel.configureBlocking(true);
      }
    } catch (IOException _) {
      return Pulse.GONE;
    }
  }

  /** Whether the other side has said more than was asked for and read, in what it has sent. */
  boolean spokeUnasked() {
    Replies current = replies;
    return current != null && current.hasUnread();
  }

  /** What can be seen of the other side. */
  enum Pulse {
    QUIET,
    /** It has said something. */
    SPOKE,
    GONE
  }

  /**
   * Encrypts what follows. Unlike a close, a failed handshake leaves the decision to the caller.
   *
   * @throws UntrustedServerException if the server is not to be spoken with
   * @throws ClearSpeechException if it goes on in clear
   */
  void encrypt(ServerTls tls, String host) throws IOException {
    SSLSocket socket = tls.handshake(this, host);
    security = tls.judged(socket.getSession(), host);
    measure = tls.trust().measure();
    encryptedInput = socket.getInputStream();
    encryptedOutput = socket.getOutputStream();
    encrypted = socket;
  }

  Security security() {
    return security;
  }

  /** How it is protected by this measure, be it another than the one it was encrypted by. */
  Security securityBy(Trust trust) {
    SSLSocket tls = encrypted;
    return tls == null
            || !(security instanceof Security.Encrypted(var protocol, _))
            || trust.measure().equals(measure)
        ? security
        : new Security.Encrypted(
            protocol,
            ServerTls.problemOf(tls.getSession(), server.host(), trust)
                .map(CertificateProblem::words));
  }

  /** Whether it is encrypted, with a server that is trusted so. */
  boolean isEncryptedWith(Trust trust) {
    return securityBy(trust) instanceof Security.Encrypted(_, var problem)
        && (problem.isEmpty() || trust instanceof Trust.Anyone);
  }

  void setSecurity(Security security) {
    this.security = security;
  }

  InputStream plainInput() {
    return new Unencrypted(Channels.newInputStream(channel));
  }

  OutputStream plainOutput() {
    return Channels.newOutputStream(channel);
  }

  /** With its name, so that nobody asks the reverse DNS for it. */
  @Override
  public InetAddress getInetAddress() {
    return server.toSocketAddress().getAddress();
  }

  @Override
  public int getPort() {
    return server.port();
  }

  @Override
  public boolean isConnected() {
    return channel.isConnected();
  }

  @Override
  public boolean isClosed() {
    return !channel.isOpen();
  }

  @Override
  public InputStream getInputStream() {
    InputStream input = encryptedInput;
    Replies fresh = new Replies(input == null ? plainInput() : input);
    replies = fresh;
    return fresh;
  }

  @Override
  public OutputStream getOutputStream() {
    OutputStream output = encryptedOutput;
    return output == null ? plainOutput() : output;
  }

  /** Ends the connection at once, whatever any thread is doing with it. */
  void drop() {
    watchdog.forget(this);
    try {
      channel.close();
    } catch (IOException _) {
      // it is gone, which is what was wanted
    }
  }

  @Override
  public void close() {
    SSLSocket tls = encrypted;
    if (tls != null && !isClosed()) {
      try {
        tls.close();
      } catch (IOException _) {
        // the other side need not hear the goodbye
      }
    }
    drop();
  }

  /** Gives first what {@link #pulse} took. */
  private final class Unencrypted extends FilterInputStream {
    Unencrypted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      if (unread < 0) {
        return super.read();
      }
      int octet = unread;
      unread = -1;
      return octet;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      if (unread < 0 || length == 0) {
        return super.read(buffer, offset, length);
      }
      buffer[offset] = (byte) read();
      return 1;
    }
  }

  /**
   * Gives a line at a time, so that what comes beyond it is not lost in a buffer of the reader's,
   * and fails on a reply that goes on and on.
   */
  private final class Replies extends InputStream {
    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private int next;
    private int end;

    Replies(InputStream in) {
      this.in = in;
    }

    boolean hasUnread() {
      return next < end;
    }

    @Override
    public int read() throws IOException {
      if (!fill()) {
        return -1;
      }
      count(1);
      return buffer[next++] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (!fill()) {
        return -1;
      }
      int given = 0;
      byte last = 0;
      while (given < length && hasUnread() && last != '\n') {
        last = buffer[next++];
        into[offset + given++] = last;
      }
      count(given);
      return given;
    }

    private boolean fill() throws IOException {
      if (!hasUnread()) {
        next = 0;
        end = Math.max(in.read(buffer), 0);
      }
      return hasUnread();
    }

    private void count(int octets) throws IOException {
      replyLength += octets;
      if (replyLength > LONGEST_REPLY) {
        throw new EndlessReplyException(LONGEST_REPLY);
      }
    }
  }
}
