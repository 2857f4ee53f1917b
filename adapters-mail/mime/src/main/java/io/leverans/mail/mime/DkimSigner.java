package io.leverans.mail.mime;

import io.leverans.domain.message.Octets;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.james.jdkim.DKIMCommon;
import org.apache.james.jdkim.DKIMSigner;
import org.apache.james.jdkim.api.BodyHasher;
import org.apache.james.jdkim.exceptions.FailException;
import org.apache.james.jdkim.impl.Message;
import org.apache.james.mime4j.MimeException;

/**
 * Signs mail for a domain (RFC 6376): rsa-sha256 over relaxed headers and the whole relaxed body.
 *
 * <p>{@code From} is signed once more than it occurs, so that a second one added on the way breaks
 * the signature (RFC 6376 §8.15). Safe for use by many threads.
 */
public final class DkimSigner {
  /** The name of the field that holds a signature. */
  public static final String FIELD = "DKIM-Signature";

  private static final int LINE = 76;
  private static final int READ_AT_ONCE = 16 * 1024;

  private static final Set<String> SIGNED =
      Stream.of(
              "From",
              "To",
              "Cc",
              "Subject",
              "Date",
              "Message-ID",
              "Reply-To",
              "In-Reply-To",
              "References",
              "MIME-Version",
              "Content-Type",
              "Content-Transfer-Encoding",
              "Auto-Submitted",
              "List-Unsubscribe",
              "List-Unsubscribe-Post",
              "Precedence")
          .map(name -> name.toLowerCase(Locale.ROOT))
          .collect(Collectors.toUnmodifiableSet());

  private final DkimKey key;

  public DkimSigner(DkimKey key) {
    this.key = Objects.requireNonNull(key);
  }

  /**
   * The same bytes with one DKIM-Signature before them. They are read once for it, and the body is
   * not kept.
   *
   * @param composed a message with lines ended by CRLF
   * @param at the time of signing, in whole seconds ({@code t=})
   * @throws IllegalArgumentException if it has no From
   * @throws UncheckedIOException if it cannot be read
   */
  public Octets sign(Octets composed, Instant at) {
    try (InputStream in = new BufferedInputStream(composed.open(), READ_AT_ONCE)) {
      byte[] header = header(in);
      String field = field(template(namesToSign(header), at), header, in);
      return Octets.of((folded(field) + "\r\n").getBytes(StandardCharsets.US_ASCII))
          .followedBy(composed);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    } catch (FailException | MimeException refused) {
      throw new IllegalStateException("a composed message could not be signed", refused);
    }
  }

  /** The library's own way from a stream to a signature holds the body in memory. */
  private String field(String template, byte[] header, InputStream body)
      throws IOException, FailException, MimeException {
    DKIMSigner signer = new DKIMSigner(template, key.privateKey());
    BodyHasher hasher = signer.newBodyHasher(signer.newSignatureRecordTemplate(template));
    DKIMCommon.streamCopy(body, hasher.getOutputStream());
    Message fields = new Message(new ByteArrayInputStream(header));
    try {
      return signer.sign(fields, hasher);
    } finally {
      fields.dispose();
    }
  }

  /** All lines up to the first empty one, and that. */
  private static byte[] header(InputStream in) throws IOException {
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    int line = 0;
    for (int octet = in.read(); octet >= 0; octet = in.read()) {
      header.write(octet);
      if (octet != '\n') {
        line += octet == '\r' ? 0 : 1;
      } else if (line == 0) {
        break;
      } else {
        line = 0;
      }
    }
    return header.toByteArray();
  }

  /** With spaces between the names, so that the finished field can be folded there. */
  private String template(List<String> names, Instant at) {
    return "v=1; a=rsa-sha256; c=relaxed/relaxed; d=%s; s=%s; t=%d; h=%s; bh=; b=;"
        .formatted(key.domain(), key.selector(), at.getEpochSecond(), String.join(" : ", names));
  }

  private static List<String> namesToSign(byte[] header) {
    List<String> names = new ArrayList<>();
    for (String line : new String(header, StandardCharsets.ISO_8859_1).split("\r\n", -1)) {
      int colon = line.indexOf(':');
      if (colon > 0 && SIGNED.contains(line.substring(0, colon).toLowerCase(Locale.ROOT))) {
        names.add(line.substring(0, colon));
      }
    }
    if (names.stream().noneMatch("From"::equalsIgnoreCase)) {
      throw new IllegalArgumentException("a message to sign has a From");
    }
    names.add("From");
    return names;
  }

  /**
   * Breaks the field's one line. Relaxed canonicalization reads a break before a space as that
   * space, and passes over the value of {@code b=} (RFC 6376 §3.4.2, §3.7).
   */
  private static String folded(String field) {
    StringBuilder folded = new StringBuilder(field.length() + 64);
    int used = 0;
    for (String word : field.split(" ", -1)) {
      boolean signature = word.startsWith("b=");
      if (!folded.isEmpty()) {
        boolean fits = used + 1 + word.length() <= LINE;
        folded.append(fits || used == 0 ? " " : "\r\n ");
        used = fits ? used + 1 : 1;
      }
      if (signature) {
        used = appendCut(folded, word, used);
      } else {
        folded.append(word);
        used += word.length();
      }
    }
    return folded.toString();
  }

  private static int appendCut(StringBuilder folded, String word, int used) {
    int column = used;
    for (int i = 0; i < word.length(); i++) {
      if (column >= LINE) {
        folded.append("\r\n ");
        column = 1;
      }
      folded.append(word.charAt(i));
      column++;
    }
    return column;
  }
}
