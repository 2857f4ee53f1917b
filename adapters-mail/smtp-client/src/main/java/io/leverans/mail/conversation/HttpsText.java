package io.leverans.mail.conversation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fetches a short text by HTTP/1.1 over TLS from the very address that it is given, which no client
 * of Java's does. All of it is over within a time and holds 64 KB at most, head and body. Follows
 * no redirect, keeps no cache. Safe for use by many threads.
 */
public final class HttpsText {
  private static final int USUAL_PORT = 443;
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-9][0-9]{2})(?: .*)?");
  private static final Pattern CHUNK = Pattern.compile("([0-9A-Fa-f]{1,6})[ \\t]*(?:;.*)?");
  private static final Pattern LENGTH = Pattern.compile("[0-9]{1,9}");

  private final ServerTls tls;
  private final Duration patience;

  /**
   * @param trust which servers are believed to be the one that they say they are
   * @param patience for all of it together
   */
  public HttpsText(Trust trust, Duration patience) {
    if (trust instanceof Trust.Anyone) {
      throw new IllegalArgumentException("a text from anyone is worth nothing");
    }
    this.tls = new ServerTls(trust);
    this.patience = patience;
  }

  /** What came back. */
  public sealed interface Answer {
    /**
     * An answer, of whatever kind.
     *
     * @param mediaType in lower case and without parameters; empty if it has none
     */
    record Given(int status, String mediaType, String body) implements Answer {}

    /**
     * None that can be used.
     *
     * @param why to follow the server's name and a colon
     */
    record None(String why) implements Answer {}
  }

  /** Asks once. */
  public Answer get(ServerAddress server, String path) {
    long end = System.nanoTime() + patience.toNanos();
    try (GuardedSocket socket = new GuardedSocket(server, Watchdog.SHARED)) {
      try {
        socket.open(patience);
        socket.allow(Duration.ofNanos(end - System.nanoTime()));
        socket.encrypt(tls, server.host());
        socket.getOutputStream().write(request(server, path));
        socket.getOutputStream().flush();
        return new Reader(socket.getInputStream()).answer();
      } catch (IOException broken) {
        return new Answer.None(socket.wasCutOff() ? tooLate() : why(broken));
      }
    } catch (IOException broken) {
      return new Answer.None(why(broken));
    }
  }

  private static byte[] request(ServerAddress server, String path) {
    String port = server.port() == USUAL_PORT ? "" : ":" + server.port();
    return String.join(
            "\r\n",
            "GET " + path + " HTTP/1.1",
            "Host: " + server.host() + port,
            "User-Agent: Leverans",
            "Accept: text/plain",
            "Accept-Encoding: identity",
            "Connection: close",
            "",
            "")
        .getBytes(UTF_8);
  }

  private String tooLate() {
    return "no complete answer came within %d seconds".formatted(patience.toSeconds());
  }

  private static String why(IOException broken) {
    return switch (broken) {
      case UntrustedServerException untrusted -> untrusted.problem().words();
      case EndlessReplyException _ -> "the answer is longer than 64 KB";
      case SenselessAnswerException senseless -> String.valueOf(senseless.getMessage());
      case IOException other -> "the connection failed: " + other.getMessage();
    };
  }

  /** Reads one answer (RFC 9112). */
  private static final class Reader {
    private final InputStream in;

    Reader(InputStream in) {
      this.in = in;
    }

    Answer answer() throws IOException {
      int status = status();
      Map<String, String> fields = fields();
      while (status < 200) {
        status = status();
        fields = fields();
      }
      if (!fields.getOrDefault("content-encoding", "identity").equals("identity")) {
        throw new SenselessAnswerException("the answer is compressed");
      }
      String mediaType = fields.getOrDefault("content-type", "").split(";", 2)[0].strip();
      return new Answer.Given(
          status, mediaType.toLowerCase(Locale.ROOT), new String(body(fields), UTF_8));
    }

    private int status() throws IOException {
      Matcher matcher = STATUS.matcher(line());
      if (!matcher.matches()) {
        throw new SenselessAnswerException("the answer is not HTTP/1.1");
      }
      return Integer.parseInt(matcher.group(1));
    }

    private Map<String, String> fields() throws IOException {
      Map<String, String> fields = new HashMap<>();
      for (String line = line(); !line.isEmpty(); line = line()) {
        int colon = line.indexOf(':');
        if (colon < 1) {
          throw new SenselessAnswerException("the answer has a head that is none");
        }
        fields.putIfAbsent(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      }
      return fields;
    }

    private byte[] body(Map<String, String> fields) throws IOException {
      Optional<String> coding = Optional.ofNullable(fields.get("transfer-encoding"));
      if (coding.isPresent()) {
        if (!coding.get().equalsIgnoreCase("chunked")) {
          throw new SenselessAnswerException("the answer is coded in an unknown way");
        }
        return chunks();
      }
      Optional<String> length = Optional.ofNullable(fields.get("content-length"));
      return length.isPresent() ? octets(length(length.get(), LENGTH, 10)) : in.readAllBytes();
    }

    private byte[] chunks() throws IOException {
      var body = new ByteArrayOutputStream();
      for (int size = chunkSize(); size > 0; size = chunkSize()) {
        body.writeBytes(octets(size));
        if (!line().isEmpty()) {
          throw new SenselessAnswerException("the answer has a part that does not end");
        }
      }
      return body.toByteArray();
    }

    private int chunkSize() throws IOException {
      return length(line(), CHUNK, 16);
    }

    private static int length(String text, Pattern form, int radix) throws IOException {
      Matcher matcher = form.matcher(text);
      if (!matcher.matches()) {
        throw new SenselessAnswerException("the answer has a length that is none");
      }
      String digits = matcher.groupCount() == 0 ? matcher.group() : matcher.group(1);
      return Integer.parseInt(digits, radix);
    }

    /** Read as they come: what a length only promises takes no memory. */
    private byte[] octets(int length) throws IOException {
      byte[] octets = in.readNBytes(length);
      if (octets.length < length) {
        throw new SenselessAnswerException("the answer broke off");
      }
      return octets;
    }

    private String line() throws IOException {
      var line = new ByteArrayOutputStream();
      for (int octet = in.read(); octet != '\n'; octet = in.read()) {
        if (octet < 0) {
          throw new SenselessAnswerException("the answer broke off");
        }
        line.write(octet);
      }
      String text = line.toString(ISO_8859_1);
      return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
  }

  /** What the server says makes no sense. */
  private static final class SenselessAnswerException extends IOException {
    private static final long serialVersionUID = 1L;

    SenselessAnswerException(String why) {
      super(why);
    }
  }
}
