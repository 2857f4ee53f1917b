package io.leverans.mail.conversation;

import io.leverans.domain.delivery.NextHop.Security;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A connection whose every step has a deadline, whose replies have a longest length, and that can
 * turn encrypted in place. Used by one conversation; only the watchdog comes from another thread.
 */
final class GuardedSocket extends Socket {
  private static final int LONGEST_REPLY = 64 * 1024;
  private static final long NEVER = Long.MAX_VALUE;

  private final Watchdog watchdog;
  private final long epoch = System.nanoTime();
  private volatile long deadline = NEVER;
  private volatile boolean cutOff;
  private int replyLength;
  private @Nullable SSLSocket encrypted;
  private @Nullable InputStream encryptedInput;
  private @Nullable OutputStream encryptedOutput;
  private Security security = new Security.Plain("the server offers no encryption");

  GuardedSocket(Watchdog watchdog) {
    this.watchdog = watchdog;
    watchdog.watch(this);
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

  /** Whether the other side has said something unasked. */
  boolean hasInput() {
    try {
      return getInputStream().available() > 0;
    } catch (IOException _) {
      return true;
    }
  }

  /**
   * Encrypts what follows. Unlike a close, a failed handshake leaves the decision to the caller.
   */
  void encrypt(OpportunisticTls tls, String host) throws IOException {
    SSLSocket socket = tls.handshake(this, host);
    encryptedInput = socket.getInputStream();
    encryptedOutput = socket.getOutputStream();
    encrypted = socket;
    security = tls.describe(socket.getSession(), host);
  }

  Security security() {
    return security;
  }

  void setSecurity(Security security) {
    this.security = security;
  }

  InputStream plainInput() throws IOException {
    return super.getInputStream();
  }

  OutputStream plainOutput() throws IOException {
    return super.getOutputStream();
  }

  @Override
  public InputStream getInputStream() throws IOException {
    InputStream input = encryptedInput;
    return new BoundedReplies(input == null ? super.getInputStream() : input);
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    OutputStream output = encryptedOutput;
    return output == null ? super.getOutputStream() : output;
  }

  /** Ends the connection at once, whatever any thread is doing with it. */
  void drop() {
    watchdog.forget(this);
    try {
      super.close();
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

  /** Fails on a reply that goes on and on. */
  private final class BoundedReplies extends FilterInputStream {
    BoundedReplies(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      return counted(super.read(), 1);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = super.read(buffer, offset, length);
      return counted(read, read);
    }

    private int counted(int result, int octets) throws IOException {
      replyLength += Math.max(octets, 0);
      if (replyLength > LONGEST_REPLY) {
        throw new IOException("the reply is longer than " + LONGEST_REPLY + " octets");
      }
      return result;
    }
  }
}
