package io.leverans.mail.conversation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A name server on a real UDP socket that knows what a test tells it. */
public final class TestDns implements AutoCloseable {
  private static final int MAX_PACKET = 4096;

  private final DatagramSocket socket;
  private final Map<Name, List<Record>> zone = new ConcurrentHashMap<>();
  private final Map<Name, Queue<Record>> turns = new ConcurrentHashMap<>();
  private final Map<Name, Integer> failures = new ConcurrentHashMap<>();
  private final List<String> questions = new CopyOnWriteArrayList<>();

  public TestDns() {
    try {
      socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().name("test-dns").start(this::answerAll);
  }

  /** Adds records as a zone file writes them, after the owner's name: {@code MX 10 mx.test.}. */
  public TestDns with(String owner, String... records) {
    Name name = name(owner);
    zone.computeIfAbsent(name, _ -> new CopyOnWriteArrayList<>());
    for (String record : records) {
      String[] typeAndData = record.split(" ", 2);
      int type = Type.value(typeAndData[0]);
      zone.get(name).add(record(name, type, typeAndData[1]));
    }
    return this;
  }

  /** A name whose address is another each time it is asked for; no answer may be kept. */
  public TestDns inTurn(String owner, String... addresses) {
    Name name = name(owner);
    zone.put(name, List.of());
    turns.put(
        name,
        new ConcurrentLinkedQueue<>(
            Arrays.stream(addresses).map(address -> record(name, Type.A, address, 0)).toList()));
    return this;
  }

  /** A name that is answered with an error. */
  public TestDns failing(String owner, int rcode) {
    failures.put(name(owner), rcode);
    return this;
  }

  public HostAndPort address() {
    return new HostAndPort("127.0.0.1", socket.getLocalPort());
  }

  /** What was asked, as {@code name. TYPE}. */
  public List<String> questions() {
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
        byte[] answer =
            answer(new Message(Arrays.copyOf(packet.getData(), packet.getLength()))).toWire();
        socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
      } catch (IOException _) {
        // closed, or a question that is none
      }
    }
  }

  private Message answer(Message query) {
    Record question = query.getQuestion();
    questions.add(question.getName() + " " + Type.string(question.getType()));
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
          .filter(record -> isAnswer(record, question))
          .forEach(record -> answer.addRecord(record, Section.ANSWER));
      if (question.getType() == Type.A && turns.containsKey(question.getName())) {
        answer.addRecord(turns.get(question.getName()).remove(), Section.ANSWER);
      }
    }
    return answer;
  }

  private static boolean isAnswer(Record record, Record question) {
    return record.getType() == question.getType() || record.getType() == Type.CNAME;
  }

  private static Record record(Name owner, int type, String data) {
    return record(owner, type, data, 300);
  }

  private static Record record(Name owner, int type, String data, long ttl) {
    try {
      return Record.fromString(owner, type, org.xbill.DNS.DClass.IN, ttl, data, Name.root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Name name(String text) {
    try {
      return Name.fromString(text, Name.root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
