package io.leverans.mail.mime;

import io.leverans.domain.identity.Mailbox;
import io.leverans.domain.message.Octets;
import jakarta.mail.internet.InternetAddress;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Changes fields in the header of a message (RFC 5322 §2.2). All other fields, the empty line and
 * the body stay octet for octet as they are; the body is not even read.
 */
public final class HeaderEdit {
  private static final int MOST_OCTETS = 1024 * 1024;
  private static final List<String> RECIPIENTS = List.of("To", "Cc");

  private final Octets message;
  private final List<byte[]> fields;
  private final long headerOctets;

  /**
   * Reads the header.
   *
   * @throws IllegalArgumentException if it does not end within a megabyte
   * @throws UncheckedIOException if the message cannot be read
   */
  public HeaderEdit(Octets message) {
    this(message, fieldsOf(message));
  }

  private HeaderEdit(Octets message, List<byte[]> fields) {
    this(message, fields, octetsOf(fields));
  }

  private HeaderEdit(Octets message, List<byte[]> fields, long headerOctets) {
    this.message = message;
    this.fields = List.copyOf(fields);
    this.headerOctets = headerOctets;
  }

  /** Without all fields of that name, however many lines they are folded over. */
  public HeaderEdit without(String name) {
    return with(fields.stream().filter(field -> !isNamed(field, name)).toList());
  }

  /**
   * With this author in place of the one there, written as {@link MimeComposer} writes authors.
   *
   * @throws IllegalArgumentException if the address has no form in ASCII, or there is no From
   */
  public HeaderEdit from(Mailbox author) {
    String line = "From: " + HeaderText.folded("From", AddressText.author(author)) + "\r\n";
    List<byte[]> changed = new ArrayList<>();
    boolean written = false;
    for (byte[] field : fields) {
      if (!isNamed(field, "From")) {
        changed.add(field);
      } else if (!written) {
        written = true;
        changed.add(line.getBytes(StandardCharsets.US_ASCII));
      }
    }
    if (!written) {
      throw new IllegalArgumentException("a message has a From");
    }
    return with(changed);
  }

  /**
   * With answers to go there, unless the message says already where they go; written as {@link
   * MimeComposer} writes it.
   */
  public HeaderEdit repliesToUnlessSaid(Mailbox mailbox) {
    if (fields.stream().anyMatch(field -> isNamed(field, "Reply-To"))) {
      return this;
    }
    String text = AddressText.list("Reply-To", List.of(mailbox));
    String line = "Reply-To: " + HeaderText.folded("Reply-To", text) + "\r\n";
    List<byte[]> changed = new ArrayList<>();
    for (byte[] field : fields) {
      changed.add(field);
      if (isNamed(field, "From")) {
        changed.add(line.getBytes(StandardCharsets.US_ASCII));
      }
    }
    return with(changed);
  }

  /**
   * With nobody in To and Cc but those whose address passes, written as {@link MimeComposer} writes
   * it. A field that names nobody any more goes, and one in which all pass stays as it is; so do
   * groups, by which nobody is written to.
   *
   * @param passes asked of addresses as they stand there, with domains in A-labels
   * @throws IllegalArgumentException if a To or Cc cannot be read
   */
  public HeaderEdit namingOnly(Predicate<String> passes) {
    return with(fields.stream().flatMap(field -> narrowed(field, passes)).toList());
  }

  private static Stream<byte[]> narrowed(byte[] field, Predicate<String> passes) {
    return RECIPIENTS.stream()
        .filter(name -> isNamed(field, name))
        .findFirst()
        .map(name -> narrowed(name, field, passes))
        .orElseGet(() -> Stream.of(field));
  }

  private static Stream<byte[]> narrowed(String name, byte[] field, Predicate<String> passes) {
    String text = new String(field, StandardCharsets.US_ASCII);
    List<InternetAddress> all = AddressText.read(text.substring(text.indexOf(':') + 1));
    List<InternetAddress> left =
        all.stream().filter(one -> one.isGroup() || passes.test(one.getAddress())).toList();
    if (left.isEmpty()) {
      return Stream.empty();
    }
    if (left.size() == all.size()) {
      return Stream.of(field);
    }
    String line = name + ": " + HeaderText.folded(name, AddressText.again(name, left)) + "\r\n";
    return Stream.of(line.getBytes(StandardCharsets.US_ASCII));
  }

  /** The message as it is now. */
  public Octets toOctets() {
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    fields.forEach(header::writeBytes);
    return Octets.of(header.toByteArray()).followedBy(new Rest(message, headerOctets));
  }

  private HeaderEdit with(List<byte[]> changed) {
    return new HeaderEdit(message, changed, headerOctets);
  }

  private static boolean isNamed(byte[] field, String name) {
    String text = new String(field, StandardCharsets.ISO_8859_1);
    int colon = text.indexOf(':');
    return colon > 0 && text.substring(0, colon).strip().equalsIgnoreCase(name);
  }

  /** Each with the lines it is folded over and their ends. */
  private static List<byte[]> fieldsOf(Octets message) {
    List<byte[]> fields = new ArrayList<>();
    ByteArrayOutputStream field = new ByteArrayOutputStream();
    long total = 0;
    try (InputStream in = new BufferedInputStream(message.open())) {
      for (byte[] line = line(in); !isEnd(line); line = line(in)) {
        total += line.length;
        if (total > MOST_OCTETS) {
          throw new IllegalArgumentException("a header ends within a megabyte");
        }
        boolean continues = line[0] == ' ' || line[0] == '\t';
        if (!continues && field.size() > 0) {
          fields.add(field.toByteArray());
          field.reset();
        }
        field.writeBytes(line);
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    if (field.size() > 0) {
      fields.add(field.toByteArray());
    }
    return fields;
  }

  private static boolean isEnd(byte[] line) {
    return line.length == 0 || line[0] == '\n' || (line[0] == '\r' && line.length == 2);
  }

  /** A line with its end; empty at the end of the message. */
  private static byte[] line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int octet = in.read(); octet >= 0; octet = in.read()) {
      line.write(octet);
      if (octet == '\n' || line.size() > MOST_OCTETS) {
        break;
      }
    }
    return line.toByteArray();
  }

  private static long octetsOf(List<byte[]> fields) {
    return fields.stream().mapToLong(field -> field.length).sum();
  }

  /** What comes after the first octets of a message. */
  private record Rest(Octets message, long skipped) implements Octets {
    @Override
    public long size() {
      return message.size() - skipped;
    }

    @Override
    public InputStream open() throws IOException {
      InputStream in = message.open();
      in.skipNBytes(skipped);
      return in;
    }
  }
}
