package io.leverans.mail.simulator;

import io.leverans.mail.simulator.LineReader.Block;
import io.leverans.mail.simulator.LineReader.Command;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** The lines between a server and one client, encrypted or not. For one thread. */
final class SmtpConnection {
  private static final int IDLE_MILLIS = 300_000;

  private final Socket connection;
  private LineReader in;
  private OutputStream out;
  private Optional<String> tls = Optional.empty();

  SmtpConnection(Socket connection) throws IOException {
    this.connection = connection;
    connection.setTcpNoDelay(true);
    connection.setSoTimeout(IDLE_MILLIS);
    this.in = new LineReader(connection.getInputStream());
    this.out = new BufferedOutputStream(connection.getOutputStream());
  }

  /** Encrypts all that follows. Nothing that the client said before may lie unread. */
  void encrypt(SSLContext context) throws IOException {
    out.flush();
    var secure = (SSLSocket) context.getSocketFactory().createSocket(connection, null, 0, true);
    secure.setUseClientMode(false);
    secure.startHandshake();
    tls = Optional.of(secure.getSession().getProtocol());
    in = new LineReader(secure.getInputStream());
    out = new BufferedOutputStream(secure.getOutputStream());
  }

  /** The protocol of the encryption; empty without one. */
  Optional<String> tls() {
    return tls;
  }

  /** The next command; what was said before goes out unless more commands are there already. */
  Command readCommand() throws IOException {
    if (!in.hasMore()) {
      out.flush();
    }
    return in.readCommand();
  }

  /**
   * Reads a message to its end.
   *
   * @param limit bytes above which it is not kept
   */
  Block readMessage(int limit) throws IOException {
    out.flush();
    return in.readMessage(limit);
  }

  /** Whether the client went on without waiting for an answer. */
  boolean hasMore() {
    return in.hasMore();
  }

  /** Reads and forgets until the client closes. */
  void awaitEnd() throws IOException {
    out.flush();
    in.awaitEnd();
  }

  void say(String line) throws IOException {
    out.write(line.getBytes(StandardCharsets.UTF_8));
    out.write('\r');
    out.write('\n');
  }

  void flush() throws IOException {
    out.flush();
  }
}
