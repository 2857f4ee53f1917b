package io.leverans.mail.gmail;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** A server in HTTP that does what a test says, on a socket of its own. */
final class ScriptedGoogle implements AutoCloseable {
  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final int SMALL_BUFFER = 4096;

  private final Security security;
  private final ServerSocket listener;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private volatile Manner manner = new Manner.Answers(_ -> Reply.json(404, "{}"));

  /** Whether it is encrypted. */
  enum Security {
    TLS,
    PLAIN
  }

  /** A request that came in whole. */
  record Request(String method, String path, Map<String, String> header, String body) {
    /** The value of a parameter in the address, as it stands there. */
    String parameter(String name) {
      for (String pair : path.replaceFirst("^[^?]*\\??", "").split("&", -1)) {
        if (pair.startsWith(name + "=")) {
          return pair.substring(name.length() + 1);
        }
      }
      return "";
    }

    String place() {
      return path.replaceFirst("\\?.*", "");
    }
  }

  /** An answer. */
  record Reply(int status, Map<String, String> header, String body) {
    /** Hangs up instead. */
    static final Reply NONE = new Reply(0, Map.of(), "");

    static Reply json(int status, String body) {
      return new Reply(status, Map.of("Content-Type", "application/json"), body);
    }

    static Reply empty(int status, Map<String, String> header) {
      return new Reply(status, header, "");
    }

    byte[] octets() {
      byte[] content = body.getBytes(StandardCharsets.UTF_8);
      StringBuilder text = new StringBuilder("HTTP/1.1 " + status + " so\r\n");
      header.forEach((name, value) -> text.append(name + ": " + value + "\r\n"));
      text.append("Connection: close\r\n");
      text.append("Content-Length: " + content.length + "\r\n\r\n");
      var out = new ByteArrayOutputStream();
      out.writeBytes(text.toString().getBytes(StandardCharsets.UTF_8));
      out.writeBytes(content);
      return out.toByteArray();
    }
  }

  /** What it does with a connection. */
  sealed interface Manner {
    /** Reads requests to their end and answers. */
    record Answers(Function<Request, Reply> script) implements Manner {}

    /** Answers as soon as it has read the head. */
    record AnswersEarly(Reply reply) implements Manner {}

    /** Answers before it has read anything, and drops the request. */
    record Lies(Reply reply) implements Manner {}

    /** Reads a request to its end and hangs up. */
    record HangsUpAfterwards() implements Manner {}

    /** Reads a request to its end and says nothing. */
    record FallsSilentAfterwards() implements Manner {}

    /** Reads a request to its end and says this. */
    record SaysAfterwards(String text) implements Manner {}

    /** Hangs up at once. */
    record HangsUp() implements Manner {}

    /** Takes the connection and does nothing. */
    record FallsSilent() implements Manner {}

    /** Says this at once, without encryption. */
    record Says(String text) implements Manner {}
  }

  ScriptedGoogle(Security security) {
    this.security = security;
    try {
      listener = new ServerSocket();
      listener.setReceiveBufferSize(SMALL_BUFFER);
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::listen);
  }

  URI root() {
    return URI.create(
        (security == Security.TLS ? "https" : "http") + "://localhost:" + listener.getLocalPort());
  }

  /** Trusts this server's certificate. */
  static SSLSocketFactory trust() {
    return context().getSocketFactory();
  }

  void behave(Manner now) {
    manner = now;
  }

  /** Answers each request that comes in whole. */
  void answer(Function<Request, Reply> script) {
    manner = new Manner.Answers(script);
  }

  /** Is not there any more, and nor are its connections. */
  void vanish() {
    close();
  }

  List<Request> requests() {
    return List.copyOf(requests);
  }

  List<Request> requestsTo(String place) {
    return requests.stream().filter(request -> request.place().equals(place)).toList();
  }

  private void listen() {
    while (!listener.isClosed()) {
      try {
        Socket wire = listener.accept();
        if (listener.isClosed()) {
          // Who connected just then was let in all the same.
          closeQuietly(wire);
          return;
        }
        open.add(wire);
        Thread.ofVirtual().start(() -> serve(wire));
      } catch (IOException _) {
        return;
      }
    }
  }

  private void serve(Socket wire) {
    try {
      switch (manner) {
        case Manner.HangsUp() -> wire.close();
        case Manner.FallsSilent() -> {}
        case Manner.Says(var text) -> {
          wire.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
          wire.close();
        }
        case Manner.Answers _,
            Manner.AnswersEarly _,
            Manner.Lies _,
            Manner.HangsUpAfterwards _,
            Manner.FallsSilentAfterwards _,
            Manner.SaysAfterwards _ ->
            converse(encrypted(wire));
      }
    } catch (IOException _) {
      closeQuietly(wire);
    }
  }

  private Socket encrypted(Socket wire) throws IOException {
    if (security == Security.PLAIN) {
      return wire;
    }
    SSLSocket socket =
        (SSLSocket) context().getSocketFactory().createSocket(wire, null, wire.getPort(), true);
    socket.setUseClientMode(false);
    socket.startHandshake();
    return socket;
  }

  private void converse(Socket socket) throws IOException {
    InputStream in = new BufferedInputStream(socket.getInputStream());
    switch (manner) {
      case Manner.Lies(var reply) -> {
        socket.getOutputStream().write(reply.octets());
        var _ = in.readAllBytes();
      }
      case Manner.AnswersEarly(var reply) -> {
        var _ = head(in);
        socket.getOutputStream().write(reply.octets());
        var _ = in.readAllBytes();
      }
      case Manner.Answers(var script) -> {
        Reply reply = script.apply(request(in));
        if (!reply.equals(Reply.NONE)) {
          socket.getOutputStream().write(reply.octets());
        }
        socket.close();
      }
      case Manner.HangsUpAfterwards() -> {
        var _ = request(in);
        socket.close();
      }
      case Manner.FallsSilentAfterwards() -> request(in);
      case Manner.SaysAfterwards(var text) -> {
        var _ = request(in);
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.close();
      }
      case Manner.HangsUp _, Manner.FallsSilent _, Manner.Says _ -> socket.close();
    }
  }

  private Request request(InputStream in) throws IOException {
    List<String> head = head(in);
    Map<String, String> header = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String line : head.subList(1, head.size())) {
      header.put(line.replaceFirst(":.*", ""), line.replaceFirst("[^:]*:\\s*", ""));
    }
    int length = Integer.parseInt(header.getOrDefault("Content-Length", "0"));
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new EOFException();
    }
    String[] words = head.getFirst().split(" ", -1);
    var request =
        new Request(
            words[0].toUpperCase(Locale.ROOT),
            words[1],
            header,
            new String(body, StandardCharsets.UTF_8));
    requests.add(request);
    return request;
  }

  private static List<String> head(InputStream in) throws IOException {
    List<String> lines = new ArrayList<>();
    while (true) {
      var line = new ByteArrayOutputStream();
      for (int octet = in.read(); octet != '\n'; octet = in.read()) {
        if (octet < 0) {
          throw new EOFException();
        }
        line.write(octet);
      }
      String text = line.toString(StandardCharsets.UTF_8).stripTrailing();
      if (text.isEmpty()) {
        return lines;
      }
      lines.add(text);
    }
  }

  private static SSLContext context() {
    try (InputStream file = ScriptedGoogle.class.getResourceAsStream("server.p12")) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(file, PASSWORD);
      KeyManagerFactory own =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      own.init(keys, PASSWORD);
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry("server", keys.getCertificate("server"));
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException _) {
      // it is gone
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException _) {
      // it is gone
    }
    open.forEach(ScriptedGoogle::closeQuietly);
  }
}
