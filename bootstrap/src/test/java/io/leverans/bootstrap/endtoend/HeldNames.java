package io.leverans.bootstrap.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * A name server to which every domain has a mail server of its own, on this machine; it keeps who
 * asks for that of one domain waiting for as long as a test wants it to.
 */
final class HeldNames implements AutoCloseable {
  private static final int MAX_PACKET = 4096;
  private static final long PATIENCE_SECONDS = 30;

  private final DatagramSocket socket;
  private final AtomicReference<Held> held = new AtomicReference<>();

  /** A domain whose mail server is told late. */
  static final class Held {
    private final Name domain;
    private final CompletableFuture<Name> asked = new CompletableFuture<>();
    private final CompletableFuture<Name> told = new CompletableFuture<>();

    private Held(Name domain) {
      this.domain = domain;
    }

    void awaitAsked() throws Exception {
      var _ = asked.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    void tell() {
      told.complete(domain);
    }
  }

  HeldNames() throws IOException {
    socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name("held-names").start(this::serve);
  }

  int port() {
    return socket.getLocalPort();
  }

  Held hold(String domain) throws IOException {
    var hold = new Held(Name.fromString(domain, Name.root));
    held.set(hold);
    return hold;
  }

  @Override
  public void close() {
    socket.close();
  }

  private void serve() {
    byte[] buffer = new byte[MAX_PACKET];
    while (!socket.isClosed()) {
      try {
        var packet = new DatagramPacket(buffer, buffer.length);
        socket.receive(packet);
        var question = new Message(Arrays.copyOf(packet.getData(), packet.getLength()));
        SocketAddress asker = packet.getSocketAddress();
        Thread.ofVirtual().start(() -> answer(question, asker));
      } catch (IOException _) {
        // closed, or a question that is none
      }
    }
  }

  private void answer(Message query, SocketAddress asker) {
    Record question = query.getQuestion();
    Held hold = held.get();
    if (hold != null && question.getName().equals(hold.domain)) {
      hold.asked.complete(hold.domain);
      var _ = hold.told.join();
    }
    try {
      byte[] answer = answerTo(query).toWire();
      socket.send(new DatagramPacket(answer, answer.length, asker));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Message answerTo(Message query) throws IOException {
    Record question = query.getQuestion();
    var answer = new Message(query.getHeader().getID());
    answer.getHeader().setFlag(Flags.QR);
    answer.getHeader().setFlag(Flags.RA);
    answer.addRecord(question, Section.QUESTION);
    Optional<String> data =
        switch (question.getType()) {
          case Type.MX -> Optional.of("10 mx." + question.getName());
          case Type.A -> Optional.of("127.0.0.1");
          default -> Optional.empty();
        };
    if (data.isPresent()) {
      answer.addRecord(
          Record.fromString(
              question.getName(), question.getType(), DClass.IN, 60, data.get(), Name.root),
          Section.ANSWER);
    }
    return answer;
  }
}
