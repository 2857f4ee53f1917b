package io.leverans.mail.simulator;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLSocketFactory;

/** Says to a server exactly what a test wants said, and hears its replies. */
final class RawClient implements AutoCloseable {
  private final Socket socket;
  private final BufferedReader in;

  private RawClient(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(10_000);
    this.in =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }

  /** A client that has not read the greeting yet. */
  static RawClient connect(InetSocketAddress server) {
    try {
      return new RawClient(new Socket(server.getAddress(), server.getPort()));
    } catch (IOException trouble) {
      throw new UncheckedIOException(trouble);
    }
  }

  /** A client that has said EHLO. */
  static RawClient greeted(SimulatedWorld world) throws IOException {
    RawClient client = connect(world.smtpAddress());
    client.reply();
    client.command("EHLO client.test");
    return client;
  }

  /** A client of the company's server that has said EHLO in clear. */
  static RawClient greeted(SimulatedCompany company) throws IOException {
    RawClient client = connect(company.startTlsAddress());
    client.reply();
    client.command("EHLO client.test");
    return client;
  }

  /** The same connection, encrypted from here on. */
  RawClient encrypted(SSLSocketFactory factory) throws IOException {
    return new RawClient(factory.createSocket(socket, "localhost", socket.getPort(), true));
  }

  Socket socket() {
    return socket;
  }

  void say(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
  }

  String command(String line) throws IOException {
    say(line + "\r\n");
    return reply();
  }

  /** All lines of the next reply, joined by line feeds. */
  String reply() throws IOException {
    var reply = new StringBuilder();
    while (true) {
      String line = in.readLine();
      if (line == null) {
        throw new EOFException("closed after: " + reply);
      }
      reply.append(line);
      if (line.length() < 4 || line.charAt(3) != '-') {
        return reply.toString();
      }
      reply.append('\n');
    }
  }

  /** A transaction up to the reply to RCPT. */
  String recipient(String from, String to) throws IOException {
    command("MAIL FROM:<" + from + ">");
    return command("RCPT TO:<" + to + ">");
  }

  /** A transaction up to the reply to the final dot. */
  String send(String from, String to, String message) throws IOException {
    recipient(from, to);
    command("DATA");
    say(message + "\r\n.\r\n");
    return reply();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
