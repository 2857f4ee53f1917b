package io.leverans.bootstrap.endtoend;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A mail server that records what it takes when the final dot is there, and stops where a test
 * wants it to. A connection carries one message.
 */
final class StoppingSink implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 30;

  private final ServerSocket listener;
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicReference<Stop> next = new AtomicReference<>();
  private final AtomicInteger refusals = new AtomicInteger();
  private final List<Copy> copies = new CopyOnWriteArrayList<>();

  /** Before what it stops. */
  enum Step {
    GREETING,
    ANSWER_TO_RCPT,
    ANSWER_TO_DATA,
    /** The message is recorded. */
    ANSWER_TO_THE_END
  }

  /** What was taken for a recipient. */
  record Copy(String recipient, String text) {}

  /** One stop, for the first conversation that comes to it. */
  static final class Stop {
    private final Step step;
    private final CompletableFuture<Step> reached = new CompletableFuture<>();
    private final CompletableFuture<Step> left = new CompletableFuture<>();

    private Stop(Step step) {
      this.step = step;
    }

    void awaitReached() throws Exception {
      var _ = reached.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    void goOn() {
      left.complete(step);
    }
  }

  StoppingSink() throws IOException {
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name("stopping-sink").start(this::acceptAll);
  }

  int port() {
    return listener.getLocalPort();
  }

  int connections() {
    return connections.get();
  }

  Stop stopBefore(Step step) {
    Stop stop = new Stop(step);
    next.set(stop);
    return stop;
  }

  /** Refuses the next recipient for now. */
  void refuseOnce() {
    refusals.set(1);
  }

  List<Copy> copiesFor(String recipient) {
    return copies.stream().filter(copy -> copy.recipient().equals(recipient)).toList();
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void acceptAll() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException _) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
      connections.incrementAndGet();
      reach(Step.GREETING);
      say(socket, "220 sink.example ESMTP");
      converse(socket, in);
    } catch (IOException _) {
      // the node is gone
    }
  }

  private void converse(Socket socket, BufferedReader in) throws IOException {
    String recipient = "";
    boolean taken = false;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      switch (line.substring(0, Math.min(4, line.length())).toUpperCase(Locale.ROOT)) {
        case "RCPT" -> {
          recipient = line.substring(line.indexOf('<') + 1, line.indexOf('>'));
          reach(Step.ANSWER_TO_RCPT);
          taken = refusals.getAndSet(0) == 0;
          say(socket, taken ? "250 2.1.5 known" : "450 4.2.0 later");
        }
        case "EHLO" -> say(socket, "250-sink.example\r\n250 PIPELINING");
        case "DATA" -> {
          if (!taken) {
            say(socket, "554 5.5.1 no valid recipients");
            continue;
          }
          reach(Step.ANSWER_TO_DATA);
          say(socket, "354 go ahead");
          take(socket, in, recipient);
          return;
        }
        case "QUIT" -> {
          say(socket, "221 bye");
          return;
        }
        default -> say(socket, "250 well");
      }
    }
  }

  private void take(Socket socket, BufferedReader in, String recipient) throws IOException {
    var text = new StringBuilder();
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (line.equals(".")) {
        copies.add(new Copy(recipient, text.toString()));
        reach(Step.ANSWER_TO_THE_END);
        say(socket, "250 2.0.0 taken");
        return;
      }
      text.append(line).append("\r\n");
    }
  }

  private void reach(Step step) {
    Stop stop = next.get();
    if (stop != null && stop.step == step && next.compareAndSet(stop, null)) {
      stop.reached.complete(step);
      var _ = stop.left.join();
    }
  }

  private static void say(Socket socket, String reply) throws IOException {
    socket.getOutputStream().write((reply + "\r\n").getBytes(ISO_8859_1));
    socket.getOutputStream().flush();
  }
}
