package io.leverans.bench.rig;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A mail server that takes everything and keeps nothing. It can be reached at every address of this
 * machine's own network, 127.0.0.0/8, so that one port plays as many servers as one likes.
 */
final class Sink {
  /** Connections that may wait until they are taken. */
  private static final int BACKLOG = 4096;

  private static final Pattern LINK = Pattern.compile("http://\\S+/verify/\\S+");

  private final Supplier<Round> round;
  private final ServerSocket server = new ServerSocket();
  private final Set<String> links = ConcurrentHashMap.newKeySet();
  private volatile Behaviour behaviour = new Behaviour(0, 0);

  /**
   * How it answers.
   *
   * @param latency milliseconds until an answer is on its way back; what was asked together is
   *     answered together
   * @param deferOneIn refuses each so many-th recipient for now, once; 0 refuses nobody
   */
  record Behaviour(int latency, int deferOneIn) {}

  Sink(Supplier<Round> round) throws IOException {
    this.round = round;
    server.bind(new InetSocketAddress(0), BACKLOG);
    Thread.ofPlatform().daemon().name("sink").start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  void behave(Behaviour how) {
    behaviour = how;
  }

  Behaviour behaviour() {
    return behaviour;
  }

  Round round() {
    return round.get();
  }

  /** A mail that is none of the load. */
  void read(String letter) {
    Matcher matcher = LINK.matcher(letter);
    while (matcher.find()) {
      links.add(matcher.group());
    }
  }

  /** The links to press in the mails that are none of the load; each is told once. */
  Set<String> takeLinks() {
    Set<String> taken = Set.copyOf(links);
    links.removeAll(taken);
    return taken;
  }

  private void accept() {
    while (true) {
      try {
        Socket socket = server.accept();
        if (!socket.getInetAddress().isLoopbackAddress()) {
          socket.close();
          continue;
        }
        socket.setTcpNoDelay(true);
        Thread.ofVirtual().name("conversation").start(() -> converse(socket));
      } catch (IOException e) {
        System.err.println("sink: " + e);
      }
    }
  }

  private void converse(Socket socket) {
    try (socket) {
      new Conversation(this, socket).hold();
    } catch (IOException _) {
      // The other side is gone, as it may be between two messages.
    }
  }
}
