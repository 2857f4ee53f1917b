package io.leverans.dns;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A name server on a real UDP socket that knows what a test tells it. */
final class TestDns implements AutoCloseable {
  private static final int MAX_PACKET = 4096;

  private final DatagramSocket socket;
  private final Map<Name, List<Record>> zone = new ConcurrentHashMap<>();
  private final Map<Name, Integer> failures = new ConcurrentHashMap<>();
  private final Set<Name> silent = ConcurrentHashMap.newKeySet();
  private final List<String> questions = new CopyOnWriteArrayList<>();

  TestDns() {
    try {
      socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().name("test-dns").start(this::answerAll);
  }

  /** Adds a record as a zone file writes it, after the owner's name: {@code MX 10 mx.test.}. */
  TestDns with(String owner, long ttl, String type, String data) {
    Name name = name(owner);
    try {
      zone.computeIfAbsent(name, _ -> new CopyOnWriteArrayList<>())
          .add(Record.fromString(name, Type.value(type), DClass.IN, ttl, data, Name.root));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  TestDns with(String owner, String type, String data) {
    return with(owner, 300, type, data);
  }

  TestDns without(String owner) {
    zone.remove(name(owner));
    return this;
  }

  /** A name that is answered with an error. */
  TestDns failing(String owner, int rcode) {
    failures.put(name(owner), rcode);
    return this;
  }

  /** A name that is never answered. */
  TestDns silent(String owner) {
    silent.add(name(owner));
    return this;
  }

  InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort());
  }

  /** What was asked, as {@code name. TYPE}. */
  List<String> questions() {
    return List.copyOf(questions);
  }

  @Override
  public void close() {
    socket.close();
  }

  private void answerAll() {
    byte[] buffer = new byte[MAX_PACKET];
    while (!socket.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        socket.receive(packet);
        Message query = new Message(Arrays.copyOf(packet.getData(), packet.getLength()));
        questions.add(
            query.getQuestion().getName() + " " + Type.string(query.getQuestion().getType()));
        if (!silent.contains(query.getQuestion().getName())) {
          byte[] answer = answer(query).toWire();
          socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
        }
      } catch (IOException _) {
        // closed, or a question that is none
      }
    }
  }

  private Message answer(Message query) {
    Record question = query.getQuestion();
    Message answer = new Message(query.getHeader().getID());
    answer.getHeader().setFlag(Flags.QR);
    answer.getHeader().setFlag(Flags.RA);
    answer.addRecord(question, Section.QUESTION);
    List<Record> known = zone.get(question.getName());
    Integer failure = failures.get(question.getName());
    if (failure != null) {
      answer.getHeader().setRcode(failure);
    } else if (known == null) {
      answer.getHeader().setRcode(Rcode.NXDOMAIN);
    } else {
      known.stream()
          .filter(
              record -> record.getType() == question.getType() || record.getType() == Type.CNAME)
          .forEach(record -> answer.addRecord(record, Section.ANSWER));
    }
    return answer;
  }

  private static Name name(String text) {
    try {
      return Name.fromString(text, Name.root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
