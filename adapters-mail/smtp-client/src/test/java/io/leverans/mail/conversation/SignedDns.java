package io.leverans.mail.conversation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * A name server on a real UDP socket that signs all it knows (DNSSEC) from a root of its own down,
 * but for zones that are to be unsigned, and proves what is not there.
 */
public final class SignedDns implements AutoCloseable {
  private static final int MAX_PACKET = 4096;

  private final DatagramSocket socket;
  private final Map<Name, SignedZone> zones = new ConcurrentHashMap<>();
  private final Map<Question, Integer> failures = new ConcurrentHashMap<>();
  private final Map<Question, Forgery> forgeries = new ConcurrentHashMap<>();
  private final Map<Question, Record> additions = new ConcurrentHashMap<>();
  private final Set<Question> spoilt = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean claims = new AtomicBoolean();
  private final List<String> questions = new CopyOnWriteArrayList<>();

  private record Question(Name name, int type) {}

  private record Forgery(List<Record> answer, List<Record> authority, List<Record> additional) {}

  public SignedDns() {
    zones.put(Name.root, SignedZone.signed(Name.root));
    try {
      socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().name("signed-dns").start(this::answerAll);
  }

  /** Cuts a signed zone out of the one above it. */
  public SignedDns zone(String apex) {
    SignedZone zone = SignedZone.signed(name(apex));
    delegate(zone);
    above(zone.apex()).add(zone.delegation());
    return this;
  }

  /** The same without a signature, which the zone above proves. */
  public SignedDns unsignedZone(String apex) {
    delegate(SignedZone.unsigned(name(apex)));
    return this;
  }

  private void delegate(SignedZone zone) {
    above(zone.apex())
        .add(
            new NSRecord(
                zone.apex(), DClass.IN, SignedZone.TTL, Name.fromConstantString("ns.invalid.")));
    zones.put(zone.apex(), zone);
  }

  /** Adds records as a zone file writes them, after the owner's name: {@code MX 10 mx.test.}. */
  public SignedDns with(String owner, String... records) {
    for (String record : records) {
      Record read = record(owner, record);
      zoneOf(read.getName()).add(read);
    }
    return this;
  }

  /** Takes all records of a type from a name. */
  public SignedDns without(String owner, String type) {
    zoneOf(name(owner)).remove(name(owner), Type.value(type));
    return this;
  }

  /** A question whose answer is signed, and changed after that. */
  public SignedDns spoiling(String owner, String type) {
    spoilt.add(new Question(name(owner), Type.value(type)));
    return this;
  }

  /** A question that somebody else answers, with what they made up. */
  public SignedDns forging(String owner, String type, List<Record> answer, List<Record> authority) {
    return forging(owner, type, answer, authority, List.of());
  }

  /** The same, with more records beside the answer. */
  public SignedDns forging(
      String owner,
      String type,
      List<Record> answer,
      List<Record> authority,
      List<Record> additional) {
    forgeries.put(
        new Question(name(owner), Type.value(type)), new Forgery(answer, authority, additional));
    return this;
  }

  /** A question that is answered with what is validly signed, and proves that of another zone. */
  public SignedDns denyingFrom(String apex, String owner, String type, int rcode) {
    failures.put(new Question(name(owner), Type.value(type)), rcode);
    return forging(owner, type, List.of(), zones.get(name(apex)).denialOf(name(owner)));
  }

  /** What is signed at a name, with the signature. */
  public List<Record> signed(String owner, String type) {
    return zoneOf(name(owner)).signedSet(name(owner), Type.value(type));
  }

  /** What is signed at a wildcard, as a name gets it that there is not (RFC 4035 §3.1.3.3). */
  public List<Record> expanded(String wildcard, String type, String owner) {
    return signed(wildcard, type).stream()
        .map(
            record ->
                Record.newRecord(
                    name(owner),
                    record.getType(),
                    record.getDClass(),
                    record.getTTL(),
                    record.rdataToWireCanonical()))
        .toList();
  }

  /** What proves that a name does not exist, or what it has. */
  public List<Record> denial(String owner) {
    return zoneOf(name(owner)).denialOf(name(owner));
  }

  /** Says of all that it has checked the signatures. */
  public SignedDns claimingToHaveChecked() {
    claims.set(true);
    return this;
  }

  /** A question whose answer somebody adds to, beside what answers it. */
  public SignedDns adding(String owner, String type, Record record) {
    additions.put(new Question(name(owner), Type.value(type)), record);
    return this;
  }

  /** A question that is answered with an error. */
  public SignedDns failing(String owner, String type, int rcode) {
    failures.put(new Question(name(owner), Type.value(type)), rcode);
    return this;
  }

  /** A record as a zone file writes it, after the owner's name. */
  public static Record record(String owner, String typeAndData) {
    String[] parts = typeAndData.split(" ", 2);
    try {
      return Record.fromString(
          name(owner), Type.value(parts[0]), DClass.IN, SignedZone.TTL, parts[1], Name.root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A signature that nobody made, in the name of a zone. */
  static RRSIGRecord inTheNameOf(String zone, String owner, int type) {
    return new RRSIGRecord(
        Name.fromConstantString(owner),
        DClass.IN,
        SignedZone.TTL,
        type,
        13,
        SignedZone.TTL,
        SignedZone.EXPIRES,
        SignedZone.SIGNED,
        4711,
        Name.fromConstantString(zone),
        new byte[64]);
  }

  public HostAndPort address() {
    return new HostAndPort("127.0.0.1", socket.getLocalPort());
  }

  /** What was asked, as {@code name. TYPE}. */
  public List<String> questions() {
    return List.copyOf(questions);
  }

  /** Writes the key that all signatures begin with into a file of that folder. */
  public Path trustAnchors(Path folder) {
    try {
      return Files.writeString(
          folder.resolve("anchors.zone"), zones.get(Name.root).delegation() + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
        byte[] answer = answer(query).toWire();
        socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
      } catch (IOException _) {
        // closed, or a question that is none
      }
    }
  }

  private Message answer(Message query) {
    Record asked = query.getQuestion();
    var question = new Question(asked.getName(), asked.getType());
    questions.add(question.name() + " " + Type.string(question.type()));
    Message answer = new Message(query.getHeader().getID());
    answer.getHeader().setFlag(Flags.QR);
    answer.getHeader().setFlag(Flags.RA);
    if (claims.get()) {
      answer.getHeader().setFlag(Flags.AD);
    }
    answer.addRecord(asked, Section.QUESTION);
    Integer failure = failures.get(question);
    Forgery forgery = forgeries.get(question);
    if (failure != null) {
      answer.getHeader().setRcode(failure);
    }
    if (forgery != null) {
      forgery.answer().forEach(record -> answer.addRecord(record, Section.ANSWER));
      forgery.authority().forEach(record -> answer.addRecord(record, Section.AUTHORITY));
      forgery.additional().forEach(record -> answer.addRecord(record, Section.ADDITIONAL));
    } else if (failure == null) {
      answer(question, answer);
    }
    Optional.ofNullable(additions.get(question))
        .ifPresent(record -> answer.addRecord(record, Section.AUTHORITY));
    return wantsSignatures(query) ? answer : unsigned(answer);
  }

  private static boolean wantsSignatures(Message query) {
    return query.getOPT() != null && (query.getOPT().getFlags() & ExtendedFlags.DO) != 0;
  }

  private static Message unsigned(Message answer) {
    for (int section : new int[] {Section.ANSWER, Section.AUTHORITY}) {
      List.copyOf(answer.getSection(section)).stream()
          .filter(record -> record.getType() == Type.RRSIG || record.getType() == Type.NSEC)
          .forEach(record -> answer.removeRecord(record, section));
    }
    return answer;
  }

  /** Follows aliases as a server does that asks others. */
  private void answer(Question question, Message answer) {
    SignedZone zone =
        question.type() == Type.DS && !question.name().equals(Name.root)
            ? above(question.name())
            : zoneOf(question.name());
    List<Record> found = zone.signedSet(question.name(), question.type());
    List<Record> alias = zone.signedSet(question.name(), Type.CNAME);
    if (!found.isEmpty()) {
      found.stream()
          .map(record -> spoilt.contains(question) ? spoilt(record) : record)
          .forEach(record -> answer.addRecord(record, Section.ANSWER));
    } else if (!alias.isEmpty() && answer.findRecord(alias.getFirst(), Section.ANSWER)) {
      answer.getHeader().setRcode(Rcode.NOERROR);
    } else if (!alias.isEmpty()) {
      alias.forEach(record -> answer.addRecord(record, Section.ANSWER));
      alias.stream()
          .filter(CNAMERecord.class::isInstance)
          .map(record -> ((CNAMERecord) record).getTarget())
          .forEach(target -> answer(new Question(target, question.type()), answer));
    } else {
      answer.getHeader().setRcode(zone.has(question.name()) ? Rcode.NOERROR : Rcode.NXDOMAIN);
      zone.denialOf(question.name()).stream()
          .map(record -> spoilt.contains(question) ? spoilt(record) : record)
          .forEach(record -> answer.addRecord(record, Section.AUTHORITY));
    }
  }

  private static Record spoilt(Record record) {
    if (!(record instanceof RRSIGRecord signature)) {
      return record;
    }
    byte[] octets = signature.getSignature().clone();
    octets[0] ^= 1;
    return SignedZone.signature(signature, octets);
  }

  private SignedZone above(Name name) {
    return zoneOf(new Name(name, 1));
  }

  private SignedZone zoneOf(Name name) {
    Name apex = name;
    while (!zones.containsKey(apex)) {
      apex = new Name(apex, 1);
    }
    return zones.get(apex);
  }

  private static Name name(String text) {
    try {
      return Name.fromString(text, Name.root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
