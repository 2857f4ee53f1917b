package io.leverans.bench.rig;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.Optional;

/** Posts messages to the API over one connection (RFC 9112). */
final class HttpSubmission implements Load.Submission {
  private final Socket socket;
  private final LineInput in;
  private final OutputStream out;
  private final String head;
  private final List<String> identities;
  private final int domains;
  private final String text;

  /**
   * @param identities each message is of the next one
   * @param domains how many the recipients are spread over
   */
  HttpSubmission(int port, String key, List<String> identities, int domains, List<String> lines)
      throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    in = new LineInput(socket.getInputStream());
    out = socket.getOutputStream();
    head =
        "POST /v1/messages HTTP/1.1\r\nHost: 127.0.0.1:"
            + port
            + "\r\nAuthorization: Bearer "
            + key
            + "\r\nContent-Type: application/json\r\nContent-Length: ";
    this.identities = identities;
    this.domains = domains;
    text = String.join("\\n", lines);
  }

  @Override
  public void submit(int number) throws IOException {
    String body =
        "{\"identityId\": \""
            + identities.get(number % identities.size())
            + "\", \"to\": \""
            + Recipients.of(number, domains)
            + "\", \"subject\": \"Number "
            + number
            + "\", \"text\": \""
            + text
            + "\"}";
    out.write((head + body.length() + "\r\n\r\n" + body).getBytes(ISO_8859_1));
    String status = nextLine();
    int length = 0;
    for (String line = nextLine(); !line.isEmpty(); line = nextLine()) {
      if (line.regionMatches(true, 0, "Content-Length:", 0, 15)) {
        length = Integer.parseInt(line.substring(15).strip());
      }
    }
    String answer = in.octets(length);
    if (!status.startsWith("HTTP/1.1 202")) {
      throw new IOException(status + ": " + answer);
    }
  }

  private String nextLine() throws IOException {
    Optional<String> line = in.line();
    return line.orElseThrow(() -> new IOException("the service closed a connection"));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
