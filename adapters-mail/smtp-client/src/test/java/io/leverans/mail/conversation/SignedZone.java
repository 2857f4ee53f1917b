package io.leverans.mail.conversation;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DNSSEC;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.NSECRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;

/** A zone that signs each set of records when it is asked for, or does not sign (RFC 4034). */
final class SignedZone {
  static final long TTL = 300;
  static final Instant SIGNED = Instant.parse("2026-01-01T00:00:00Z");
  static final Instant EXPIRES = Instant.parse("2036-01-01T00:00:00Z");

  private final Name apex;
  private final Optional<KeyPair> key;
  private final Map<Name, List<Record>> records = new TreeMap<>();

  private SignedZone(Name apex, Optional<KeyPair> key) {
    this.apex = apex;
    this.key = key;
    Name host = Name.fromConstantString("ns.invalid.");
    add(new SOARecord(apex, DClass.IN, TTL, host, host, 1, 3600, 600, 86_400, TTL));
    key.map(this::published).ifPresent(this::add);
  }

  static SignedZone signed(Name apex) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return new SignedZone(apex, Optional.of(generator.generateKeyPair()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static SignedZone unsigned(Name apex) {
    return new SignedZone(apex, Optional.empty());
  }

  Name apex() {
    return apex;
  }

  /** What the zone above says of the key. */
  DSRecord delegation() {
    return new DSRecord(apex, DClass.IN, TTL, DNSSEC.Digest.SHA256, published(key.orElseThrow()));
  }

  private DNSKEYRecord published(KeyPair pair) {
    try {
      return new DNSKEYRecord(
          apex,
          DClass.IN,
          TTL,
          DNSKEYRecord.Flags.ZONE_KEY | DNSKEYRecord.Flags.SEP_KEY,
          DNSKEYRecord.Protocol.DNSSEC,
          DNSSEC.Algorithm.ECDSAP256SHA256,
          pair.getPublic());
    } catch (DNSSEC.DNSSECException e) {
      throw new IllegalStateException(e);
    }
  }

  synchronized void add(Record record) {
    records.computeIfAbsent(record.getName(), _ -> new ArrayList<>()).add(record);
  }

  synchronized void remove(Name owner, int type) {
    records.getOrDefault(owner, new ArrayList<>()).removeIf(record -> record.getType() == type);
    records.values().removeIf(List::isEmpty);
  }

  /** Whether the name, or one below it, has a record. */
  synchronized boolean has(Name name) {
    return records.keySet().stream().anyMatch(one -> one.subdomain(name));
  }

  /** The records of a name and type, with a signature; none if there are none. */
  synchronized List<Record> signedSet(Name name, int type) {
    return withSignature(
        records.getOrDefault(name, List.of()).stream()
            .filter(record -> record.getType() == type)
            .toList());
  }

  /** Proves that the name does not exist, or what it has (RFC 4035 §3.1.3). */
  synchronized List<Record> denialOf(Name name) {
    List<Record> proof = new ArrayList<>(signedSet(apex, Type.SOA));
    if (key.isPresent()) {
      Name encloser = name;
      while (!has(encloser)) {
        encloser = new Name(encloser, 1);
      }
      Stream<Name> denied =
          encloser.equals(name) ? Stream.of(name) : Stream.of(name, wildcardOf(encloser));
      denied
          .map(this::lastNotAfter)
          .distinct()
          .forEach(owner -> proof.addAll(withSignature(List.of(nextAfter(owner)))));
    }
    return proof;
  }

  private static Name wildcardOf(Name encloser) {
    try {
      return Name.concatenate(Name.fromConstantString("*"), encloser);
    } catch (NameTooLongException e) {
      throw new IllegalStateException(e);
    }
  }

  private Name lastNotAfter(Name name) {
    return new TreeSet<>(records.keySet()).floor(name);
  }

  private NSECRecord nextAfter(Name owner) {
    Name next = new TreeSet<>(records.keySet()).higher(owner);
    int[] types =
        IntStream.concat(
                records.get(owner).stream().mapToInt(Record::getType),
                IntStream.of(Type.NSEC, Type.RRSIG))
            .distinct()
            .sorted()
            .toArray();
    return new NSECRecord(owner, DClass.IN, TTL, next == null ? apex : next, types);
  }

  /** Where the zone is cut, only the zone below says who its servers are. */
  private List<Record> withSignature(List<Record> set) {
    boolean cut =
        !set.isEmpty()
            && set.getFirst().getType() == Type.NS
            && !set.getFirst().getName().equals(apex);
    if (set.isEmpty() || key.isEmpty() || cut) {
      return set;
    }
    try {
      RRset all = new RRset();
      set.forEach(all::addRR);
      KeyPair pair = key.get();
      RRSIGRecord signature = DNSSEC.sign(all, published(pair), pair.getPrivate(), SIGNED, EXPIRES);
      return Stream.concat(set.stream(), Stream.<Record>of(signature)).toList();
    } catch (DNSSEC.DNSSECException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The same signature with other octets. */
  static RRSIGRecord signature(RRSIGRecord like, byte[] octets) {
    return new RRSIGRecord(
        like.getName(),
        like.getDClass(),
        like.getTTL(),
        like.getTypeCovered(),
        like.getAlgorithm(),
        like.getOrigTTL(),
        like.getExpire(),
        like.getTimeSigned(),
        like.getFootprint(),
        like.getSigner(),
        octets);
  }
}
