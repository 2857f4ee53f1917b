package io.leverans.mail.conversation;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
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

  private final byte[] records;

  private TrustAnchors(byte[] records) throws IOException {
    this.records = records;
    int found = 0;
    try (Master master = new Master(open(), Name.root, 0)) {
      for (Record next = master.nextRecord(); next != null; next = master.nextRecord()) {
        found++;
        if (next.getType() != Type.DS && next.getType() != Type.DNSKEY) {
          throw new IOException(
              "%s %s is neither DS nor DNSKEY"
                  .formatted(next.getName(), Type.string(next.getType())));
        }
      }
    }
    if (found == 0) {
      throw new IOException("there is no record in it");
    }
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
   * @throws IOException if it cannot be read, or holds something else or nothing
   */
  public static TrustAnchors in(Path file) throws IOException {
    return new TrustAnchors(Files.readAllBytes(file));
  }

  InputStream open() {
    return new ByteArrayInputStream(records);
  }
}
