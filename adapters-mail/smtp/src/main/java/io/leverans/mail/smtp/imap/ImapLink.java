package io.leverans.mail.smtp.imap;

import io.leverans.mail.conversation.EncryptedLink;
import io.leverans.mail.conversation.ServerAddress;
import io.leverans.mail.conversation.Transcript;
import io.leverans.mail.conversation.Trust;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A connection over which lines and literals go (RFC 3501 §2.2, §4.3). Each response has a time in
 * which all of it has to be there, and a bound on how much of it is kept: what a server announces
 * is read, and beyond the bound let go of. For one thread.
 */
final class ImapLink implements AutoCloseable {
  private static final Pattern LITERAL = Pattern.compile("\\{(\\d{1,10})\\+?\\}$");
  private static final int BUFFER = 8 * 1024;
  private static final int LONGEST_LINE = 1024 * 1024;
  private static final int MOST_LITERALS = 16;

  /** Nobody would send it for what is asked here. */
  private static final long ABSURD = 64L * 1024 * 1024;

  private final Transcript transcript;
  private final Duration patience;
  private final byte[] buffer = new byte[BUFFER];
  private Socket socket;
  private InputStream in;
  private int next;
  private int end;
  private long deadline;

  private ImapLink(Socket socket, Duration patience, Transcript transcript) throws IOException {
    this.socket = socket;
    this.in = socket.getInputStream();
    this.patience = patience;
    this.transcript = transcript;
  }

  /**
   * Connects.
   *
   * @param patience for each response
   */
  static ImapLink open(
      ServerAddress server, Duration connect, Duration patience, Transcript transcript)
      throws IOException {
    transcript.note("connecting to " + server);
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.setKeepAlive(true);
      socket.connect(
          new InetSocketAddress(server.address(), server.port()), (int) connect.toMillis());
      return new ImapLink(socket, patience, transcript);
    } catch (IOException | RuntimeException broken) {
      socket.close();
      throw broken;
    }
  }

  /** Encrypts what follows; what came before it in clear is not believed. */
  void encrypt(String host, Trust trust) throws IOException {
    if (next < end) {
      throw new IOException("the server went on in clear where encryption was to begin");
    }
    socket.setSoTimeout((int) patience.toMillis());
    Socket encrypted = EncryptedLink.over(socket, host, socket.getPort(), trust);
    socket = encrypted;
    in = encrypted.getInputStream();
    transcript.note("encrypted");
  }

  void say(String line) throws IOException {
    say(line, line);
  }

  /**
   * Says a line.
   *
   * @param shown in its place in the transcript
   */
  void say(String line, String shown) throws IOException {
    transcript.sent(shown);
    socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  /**
   * Hears a whole response.
   *
   * @param most how many octets of each literal are kept
   */
  Response hear(int most) throws IOException {
    deadline = System.nanoTime() + patience.toNanos();
    StringBuilder text = new StringBuilder();
    List<byte[]> literals = new ArrayList<>();
    while (true) {
      String line = line();
      text.append(line);
      Matcher literal = LITERAL.matcher(line);
      if (!literal.find()) {
        transcript.received(text.toString());
        return new Response(text.toString(), literals);
      }
      if (literals.size() == MOST_LITERALS || text.length() > LONGEST_LINE) {
        throw new IOException("a response of the server does not end");
      }
      literals.add(literal(Long.parseLong(literal.group(1)), most));
    }
  }

  /** Hears a response if one begins within that time. */
  Optional<Response> hearWithin(Duration time) throws IOException {
    if (next == end) {
      deadline = System.nanoTime() + time.toNanos();
      try {
        fill();
      } catch (SocketTimeoutException _) {
        return Optional.empty();
      }
    }
    return Optional.of(hear(0));
  }

  private String line() throws IOException {
    var line = new ByteArrayOutputStream();
    for (int octet = octet(); octet != '\n'; octet = octet()) {
      if (line.size() < LONGEST_LINE) {
        line.write(octet);
      }
    }
    String text = line.toString(StandardCharsets.ISO_8859_1);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  private byte[] literal(long length, int most) throws IOException {
    if (length > ABSURD) {
      throw new IOException("the server announces " + length + " octets");
    }
    var kept = new ByteArrayOutputStream();
    long left = length;
    while (left > 0) {
      if (next == end) {
        fill();
      }
      int here = (int) Math.min(left, end - next);
      kept.write(buffer, next, Math.min(here, most - kept.size()));
      next += here;
      left -= here;
    }
    return kept.toByteArray();
  }

  private int octet() throws IOException {
    if (next == end) {
      fill();
    }
    return buffer[next++] & 0xff;
  }

  private void fill() throws IOException {
    long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
    if (left <= 0) {
      throw new SocketTimeoutException("no answer came in time");
    }
    socket.setSoTimeout((int) Math.min(left, Integer.MAX_VALUE));
    next = 0;
    end = 0;
    int read = in.read(buffer);
    if (read < 0) {
      throw new EOFException("the server hung up");
    }
    end = read;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException _) {
      // it is gone, which is what was wanted
    }
  }
}
