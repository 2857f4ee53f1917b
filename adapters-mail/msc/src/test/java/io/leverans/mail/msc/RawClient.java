package io.leverans.mail.msc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Says to a mail server, octet for octet, what a test wants. */
final class RawClient implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 10_000;

  private final Socket socket = new Socket();
  private final BufferedReader in;
  private final OutputStream out;
  private final String greeting;

  RawClient(InetSocketAddress server) {
    try {
      socket.connect(server);
      socket.setSoTimeout(PATIENCE_MILLIS);
      in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
      out = socket.getOutputStream();
      greeting = reply();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String greeting() {
    return greeting;
  }

  /** Says a line and returns the last line of the reply. */
  String say(String line) {
    write(line + "\r\n");
    return reply();
  }

  void write(String octets) {
    try {
      out.write(octets.getBytes(UTF_8));
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The last line of the next reply; {@code closed} if there is none. */
  String reply() {
    try {
      String line = in.readLine();
      while (line != null && line.length() > 3 && line.charAt(3) == '-') {
        line = in.readLine();
      }
      return line == null ? "closed" : line;
    } catch (IOException _) {
      return "closed";
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
