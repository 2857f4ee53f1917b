package io.leverans.mail.conversation;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DNSSEC;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.Master;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * The keys that signatures in DNS begin with (RFC 4035 §4.4): DS or DNSKEY records, as a zone file
 * has them (RFC 1035 §5).
 */
public final class TrustAnchors {
  private static final String OF_THE_ROOT = "root-anchors.zone";

  /** Which are checked on every Java. */
  private static final Set<Integer> ALGORITHMS =
      Set.of(
          DNSSEC.Algorithm.RSASHA256,
          DNSSEC.Algorithm.RSASHA512,
          DNSSEC.Algorithm.ECDSAP256SHA256,
          DNSSEC.Algorithm.ECDSAP384SHA384,
          DNSSEC.Algorithm.ED25519,
          DNSSEC.Algorithm.ED448);

  private static final Set<Integer> DIGESTS = Set.of(DNSSEC.Digest.SHA256, DNSSEC.Digest.SHA384);

  private final byte[] records;

  private TrustAnchors(byte[] records) throws IOException {
    this.records = records;
    boolean usable = false;
    try (Master master = new Master(open(), Name.root, 0)) {
      for (Record next = master.nextRecord(); next != null; next = master.nextRecord()) {
        if (next.getType() != Type.DS && next.getType() != Type.DNSKEY) {
          throw new IOException(
              "%s %s is neither DS nor DNSKEY"
                  .formatted(next.getName(), Type.string(next.getType())));
        }
        usable |= isUsableForTheRoot(next);
      }
    }
    if (!usable) {
      throw new IOException(
          "it holds no key of the root zone, '.', of an algorithm and digest that are known here");
    }
  }

  /** Without such a one, nothing would be signed, and nobody would be told. */
  private static boolean isUsableForTheRoot(Record record) {
    return record.getName().equals(Name.root)
        && record.getDClass() == DClass.IN
        && switch (record) {
          case DSRecord digest ->
              ALGORITHMS.contains(digest.getAlgorithm()) && DIGESTS.contains(digest.getDigestID());
          case DNSKEYRecord key ->
              ALGORITHMS.contains(key.getAlgorithm())
                  && (key.getFlags() & DNSKEYRecord.Flags.ZONE_KEY) != 0;
          default -> false;
        };
  }

  /** Those of the root zone, as IANA publishes them. */
  public static TrustAnchors ofTheRoot() {
    try (InputStream file = TrustAnchors.class.getResourceAsStream(OF_THE_ROOT)) {
      return new TrustAnchors(Objects.requireNonNull(file).readAllBytes());
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /**
   * Those in a file, and no others.
   *
   * @throws IOException if it cannot be read, holds something else, or no key of the root zone
   */
  public static TrustAnchors in(Path file) throws IOException {
    return new TrustAnchors(Files.readAllBytes(file));
  }

  InputStream open() {
    return new ByteArrayInputStream(records);
  }
}
