package io.leverans.bench.rig;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.Optional;

/** Hands messages to a mail server over one connection, with pipelining (RFC 2920). */
final class SmtpSubmission implements Load.Submission {
  private static final String AUTHOR = "sales@leverans.example";

  private final Socket socket;
  private final LineInput in;
  private final OutputStream out;
  private final int domains;
  private final String text;

  SmtpSubmission(int port, int domains, List<String> lines) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    in = new LineInput(socket.getInputStream());
    out = socket.getOutputStream();
    this.domains = domains;
    text = String.join("\r\n", lines);
    expect("220");
    out.write("EHLO load.example\r\n".getBytes(ISO_8859_1));
    expect("250");
  }

  @Override
  public void submit(int number) throws IOException {
    String recipient = Recipients.of(number, domains);
    String envelope = "MAIL FROM:<" + AUTHOR + ">\r\nRCPT TO:<" + recipient + ">\r\nDATA\r\n";
    out.write(envelope.getBytes(ISO_8859_1));
    expect("250");
    expect("250");
    expect("354");
    out.write(content(number, recipient).getBytes(ISO_8859_1));
    expect("250");
  }

  private String content(int number, String recipient) {
    return "From: "
        + AUTHOR
        + "\r\nTo: "
        + recipient
        + "\r\nSubject: Number "
        + number
        + "\r\nDate: Sun, 29 Nov 2026 12:00:00 +0000\r\nMessage-ID: <"
        + number
        + "@load.example>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=UTF-8\r\n\r\n"
        + text
        + "\r\n.\r\n";
  }

  private void expect(String code) throws IOException {
    Optional<String> line;
    do {
      line = in.line();
    } while (line.isPresent() && line.get().startsWith("-", 3));
    if (line.isEmpty() || !line.get().startsWith(code)) {
      throw new IOException("wanted " + code + ", got " + line.orElse("nothing"));
    }
  }

  @Override
  public void close() throws IOException {
    out.write("QUIT\r\n".getBytes(ISO_8859_1));
    socket.close();
  }
}
