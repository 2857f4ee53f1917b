package io.leverans.mail.simulator;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Hands one mail with the null return path to a mail server, on a connection of its own. */
final class ReportClient implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 30_000;

  private final Socket socket;
  private final BufferedReader in;
  private final OutputStream out;

  private ReportClient(Socket socket) throws IOException {
    this.socket = socket;
    this.in =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    this.out = new BufferedOutputStream(socket.getOutputStream());
  }

  /** A server's reply: its code and all its words. */
  record Reply(int code, String text) {
    boolean isPositive() {
      return code < 400;
    }
  }

  /**
   * Sends the mail once.
   *
   * @return the reply that decided: the first refusal, or the reply to the final dot
   * @throws IOException if the connection cannot be made or breaks
   */
  static Reply send(InetSocketAddress server, String clientName, String recipient, byte[] mail)
      throws IOException {
    var socket = new Socket();
    try (socket) {
      socket.connect(server, TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.setTcpNoDelay(true);
      try (var client = new ReportClient(socket)) {
        return client.send(clientName, recipient, mail);
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private Reply send(String clientName, String recipient, byte[] mail) throws IOException {
    Reply reply = readReply();
    if (reply.isPositive()) {
      reply = command("EHLO " + clientName);
    }
    if (reply.isPositive()) {
      reply = command("MAIL FROM:<>" + parameters(reply.text(), recipient, mail));
    }
    if (reply.isPositive()) {
      reply = command("RCPT TO:<" + recipient + '>');
    }
    if (reply.isPositive()) {
      reply = command("DATA");
    }
    if (reply.isPositive()) {
      out.write(stuffed(mail));
      out.flush();
      reply = readReply();
    }
    out.write("QUIT\r\n".getBytes(StandardCharsets.US_ASCII));
    out.flush();
    return reply;
  }

  private static String parameters(String offered, String recipient, byte[] mail) {
    boolean ascii = RawMail.isAscii(mail);
    boolean international =
        !RawMail.isAscii(RawMail.header(mail))
            || !RawMail.isAscii(recipient.getBytes(StandardCharsets.UTF_8));
    String body = !ascii && offered.contains("8BITMIME") ? " BODY=8BITMIME" : "";
    return body + (international && offered.contains("SMTPUTF8") ? " SMTPUTF8" : "");
  }

  private Reply command(String line) throws IOException {
    out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
    return readReply();
  }

  private Reply readReply() throws IOException {
    List<String> lines = new ArrayList<>();
    while (true) {
      String line = in.readLine();
      if (line == null) {
        throw new EOFException("the server closed the connection");
      }
      lines.add(line);
      if (!line.matches("[2-5]\\d\\d.*")) {
        throw new IOException("no SMTP reply: " + line);
      }
      if (line.length() == 3 || line.charAt(3) != '-') {
        return new Reply(Integer.parseInt(line.substring(0, 3)), String.join("\n", lines));
      }
    }
  }

  /** Every line ends with CR LF, a dot at its start is doubled, and a dot alone ends it all. */
  private static byte[] stuffed(byte[] mail) {
    var stuffed = new ByteArrayOutputStream(mail.length + 64);
    boolean lineStart = true;
    for (int at = 0; at < mail.length; at++) {
      byte next = mail[at];
      if (next == '\r' || next == '\n') {
        if (next == '\r' && at + 1 < mail.length && mail[at + 1] == '\n') {
          at++;
        }
        stuffed.write('\r');
        stuffed.write('\n');
        lineStart = true;
        continue;
      }
      if (lineStart && next == '.') {
        stuffed.write('.');
      }
      stuffed.write(next);
      lineStart = false;
    }
    stuffed.writeBytes((lineStart ? ".\r\n" : "\r\n.\r\n").getBytes(StandardCharsets.US_ASCII));
    return stuffed.toByteArray();
  }
}
