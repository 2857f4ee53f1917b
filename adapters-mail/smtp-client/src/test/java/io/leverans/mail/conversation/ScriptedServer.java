package io.leverans.mail.conversation;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLSocket;

/** A mail server on a real socket that does at each step what a test wants. */
public final class ScriptedServer implements AutoCloseable {
  private final ServerSocket listener;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();
  private final List<String> commands = new CopyOnWriteArrayList<>();
  private final List<String> messages = new CopyOnWriteArrayList<>();
  private final List<String> namesAskedFor = new CopyOnWriteArrayList<>();
  private final List<String> contentSeen = new CopyOnWriteArrayList<>();
  private final Opening opening;
  private final ServerKeys keys;
  private volatile Script script = Script.POLITE;
  private volatile String offers = "250-mail.test\r\n250-8BITMIME\r\n250 SIZE 10000000";

  /** How a connection begins. */
  public enum Opening {
    IN_CLEAR,
    /** As on port 465. */
    IN_TLS
  }

  /** Where in a conversation the server is. */
  public enum Step {
    CONNECTED,
    EHLO,
    STARTTLS,
    AUTH,
    /** A line of a sign-in after the first; it is no command. */
    AUTH_LINE,
    MAIL,
    RCPT,
    DATA,
    /** Some of the content has come, the end has not. */
    WITHIN_CONTENT,
    /** The final dot has come. */
    END,
    RSET,
    QUIT,
    OTHER
  }

  /** What to do at a step. */
  public sealed interface Reaction {
    /** Answers with a whole reply. */
    record Say(String reply) implements Reaction {}

    /** Closes the connection as a program that ends does. */
    record HangUp() implements Reaction {}

    /** Cuts the connection as a machine that dies does. */
    record Cut() implements Reaction {}

    /** Says something and closes. */
    record SayAndHangUp(String reply) implements Reaction {}

    /** Answers, and says more once the client has said something, whatever that is. */
    record SayAndWait(String reply, String later) implements Reaction {}

    /** Says nothing more, and keeps the connection. */
    record FallSilent() implements Reaction {}

    /** Sends these octets as they are, which need not be a whole reply, and then does more. */
    record Send(String octets, Reaction next) implements Reaction {}

    /** Sends octet after octet, with a pause before each, for as long as the client listens. */
    record Drip(String first, Duration pause) implements Reaction {}

    /** Takes nothing more, and keeps the connection. */
    record StopReading() implements Reaction {}

    /** Reads on. */
    record GoOn() implements Reaction {}
  }

  /** Decides. */
  @FunctionalInterface
  public interface Script {
    Script POLITE = (_, _, _) -> Optional.empty();

    /**
     * Says what to do at a step, or nothing for what a friendly server does.
     *
     * @param connection counts from 1
     */
    Optional<Reaction> at(Step step, String line, int connection);

    static Script at(Step wanted, Reaction reaction) {
      return (step, _, _) -> step == wanted ? Optional.of(reaction) : Optional.empty();
    }

    static Script say(Step wanted, String reply) {
      return at(wanted, new Reaction.Say(reply));
    }
  }

  public ScriptedServer() {
    this(Opening.IN_CLEAR, ServerKeys.SELF_SIGNED);
  }

  public ScriptedServer(Opening opening, ServerKeys keys) {
    this.opening = opening;
    this.keys = keys;
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().name("scripted-server").start(this::acceptAll);
  }

  public void follow(Script next) {
    script = next;
  }

  /** One more of what a friendly server offers in its answer to EHLO. */
  public void offer(String extension) {
    offers = offers.replaceFirst("\r\n", "\r\n250-" + extension + "\r\n");
  }

  public int port() {
    return listener.getLocalPort();
  }

  public int connections() {
    return connections.get();
  }

  /** How many connections stand now, as the server sees it. */
  public int openConnections() {
    return open.size();
  }

  /** All command lines of all connections. */
  public List<String> commands() {
    return List.copyOf(commands);
  }

  /** The messages whose final dot was read, dots unstuffed. */
  public List<String> messages() {
    return List.copyOf(messages);
  }

  /** The names that clients wanted to be proved, connection by connection (SNI). */
  public List<String> namesAskedFor() {
    return List.copyOf(namesAskedFor);
  }

  /** What came of messages that never ended. */
  public List<String> unfinished() {
    return List.copyOf(contentSeen);
  }

  /** Closes all connections that stand, as a server that restarts does. */
  public void dropConnections() {
    open.forEach(ScriptedServer::closeQuietly);
  }

  public void forget() {
    commands.clear();
    messages.clear();
    contentSeen.clear();
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    dropConnections();
  }

  private void acceptAll() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        open.add(socket);
        int number = connections.incrementAndGet();
        Thread.ofVirtual().start(() -> serve(socket, number));
      } catch (IOException _) {
        return;
      }
    }
  }

  private void serve(Socket socket, int number) {
    try {
      new Talk(socket, number).run();
    } catch (IOException _) {
      // the client went away, or the script ended the connection
    } finally {
      open.remove(socket);
      closeQuietly(socket);
    }
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException _) {
      // gone
    }
  }

  /** The connection is over. */
  private static final class Over extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** One connection. */
  private final class Talk {
    private final Socket socket;
    private final int number;
    private InputStream in;
    private OutputStream out;
    private boolean encrypted;
    private boolean signingIn;
    private boolean nobodyTaken = true;

    Talk(Socket socket, int number) throws IOException {
      this.socket = socket;
      this.number = number;
      in = new BufferedInputStream(socket.getInputStream());
      out = socket.getOutputStream();
    }

    void run() throws IOException {
      if (opening == Opening.IN_TLS) {
        encrypt();
      }
      react(Step.CONNECTED, "", "220 mail.test ESMTP");
      for (String line = readLine(); line != null; line = readLine()) {
        commands.add(line);
        Step step = stepOf(line);
        switch (step) {
          case EHLO -> react(step, line, offers);
          case STARTTLS -> startTls(line);
          case AUTH, AUTH_LINE ->
              signingIn = react(step, line, "235 2.7.0 welcome").startsWith("334");
          case DATA -> data(line);
          case QUIT -> {
            react(step, line, "221 bye");
            return;
          }
          case MAIL -> {
            nobodyTaken = true;
            react(step, line, "250 2.0.0 OK");
          }
          case RCPT -> nobodyTaken &= !react(step, line, "250 2.0.0 OK").contains("250");
          default -> react(step, line, "250 2.0.0 OK");
        }
      }
    }

    private void data(String line) throws IOException {
      String usual = nobodyTaken ? "554 5.5.1 no valid recipients" : "354 go ahead";
      if (react(Step.DATA, line, usual).lines().noneMatch(reply -> reply.startsWith("354"))) {
        return;
      }
      StringBuilder content = new StringBuilder();
      boolean asked = false;
      for (String read = readLine(); ; read = readLine()) {
        if (read == null) {
          contentSeen.add(content.toString());
          throw new Over();
        }
        if (read.equals(".")) {
          break;
        }
        content.append(read.startsWith(".") ? read.substring(1) : read).append("\r\n");
        if (!asked) {
          asked = true;
          react(Step.WITHIN_CONTENT, read, "");
        }
      }
      messages.add(content.toString());
      react(Step.END, ".", "250 2.0.0 queued as 4711");
    }

    private void startTls(String line) throws IOException {
      if (!react(Step.STARTTLS, line, "220 go ahead").startsWith("220")) {
        return;
      }
      encrypt();
    }

    private void encrypt() throws IOException {
      SSLSocket tls =
          (SSLSocket)
              keys.context()
                  .getSocketFactory()
                  .createSocket(socket, "client.test", socket.getPort(), true);
      tls.setUseClientMode(false);
      tls.startHandshake();
      if (tls.getSession() instanceof ExtendedSSLSession session) {
        session.getRequestedServerNames().stream()
            .map(SNIHostName.class::cast)
            .map(SNIHostName::getAsciiName)
            .forEach(namesAskedFor::add);
      }
      in = new BufferedInputStream(tls.getInputStream());
      out = tls.getOutputStream();
      encrypted = true;
    }

    private String react(Step step, String line, String usual) throws IOException {
      return react(script.at(step, line, number).orElse(new Reaction.Say(usual)));
    }

    private String react(Reaction reaction) throws IOException {
      return switch (reaction) {
        case Reaction.Say(var reply) -> {
          say(reply);
          yield reply;
        }
        case Reaction.SayAndHangUp(var reply) -> {
          say(reply);
          throw new Over();
        }
        case Reaction.SayAndWait(var reply, var later) -> {
          say(reply);
          in.read();
          say(later);
          in.transferTo(OutputStream.nullOutputStream());
          throw new Over();
        }
        case Reaction.HangUp _ -> throw new Over();
        case Reaction.Cut _ -> {
          socket.setSoLinger(true, 0);
          throw new Over();
        }
        case Reaction.FallSilent _ -> {
          in.transferTo(OutputStream.nullOutputStream());
          throw new Over();
        }
        case Reaction.Send(var octets, var next) -> {
          send(octets);
          yield octets + react(next);
        }
        case Reaction.Drip(var first, var pause) -> {
          drip(first, pause);
          throw new Over();
        }
        case Reaction.StopReading _ -> {
          awaitClose();
          throw new Over();
        }
        case Reaction.GoOn _ -> "";
      };
    }

    private void drip(String first, Duration pause) throws IOException {
      for (int sent = 0; ; sent++) {
        LockSupport.parkNanos(pause.toNanos());
        send(sent < first.length() ? first.substring(sent, sent + 1) : "x");
      }
    }

    /** By the test, which closes what stands at its end. */
    private void awaitClose() {
      while (!socket.isClosed()) {
        LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
      }
    }

    private void say(String reply) throws IOException {
      if (!reply.isEmpty()) {
        send(reply + "\r\n");
      }
    }

    private void send(String octets) throws IOException {
      out.write(octets.getBytes(StandardCharsets.UTF_8));
      out.flush();
    }

    private String readLine() throws IOException {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      int last = -1;
      for (int octet = in.read(); octet >= 0; octet = in.read()) {
        if (octet == '\n' && last == '\r') {
          String text = line.toString(StandardCharsets.UTF_8);
          return text.substring(0, text.length() - 1);
        }
        line.write(octet);
        last = octet;
      }
      return null;
    }

    private Step stepOf(String line) {
      if (signingIn) {
        return Step.AUTH_LINE;
      }
      String verb = line.split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
      return switch (verb) {
        case "EHLO", "HELO" -> Step.EHLO;
        case "STARTTLS" -> encrypted ? Step.OTHER : Step.STARTTLS;
        case "AUTH" -> Step.AUTH;
        case "MAIL" -> Step.MAIL;
        case "RCPT" -> Step.RCPT;
        case "DATA" -> Step.DATA;
        case "RSET" -> Step.RSET;
        case "QUIT" -> Step.QUIT;
        default -> Step.OTHER;
      };
    }
  }
}
