package io.leverans.mail.mime;

import static io.leverans.mail.mime.Messages.message;
import static io.leverans.mail.mime.Messages.octets;
import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.domain.message.Octets;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LargeMessageTest {
  private static final DkimKey KEY = new DkimKey("example.com", "s1", DkimKey.generate());

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  private static byte[] encodedByAngus(byte[] file) throws IOException, MessagingException {
    ByteArrayOutputStream encoded = new ByteArrayOutputStream();
    OutputStream out = MimeUtility.encode(encoded, "base64");
    out.write(file);
    out.flush();
    return encoded.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 54, 55, 56, 57, 58, 14_591, 14_592, 14_593, 29_184, 100_000})
  void a_file_is_encoded_as_if_it_were_written_at_once(int size) throws Exception {
    byte[] file = random(size);
    EncodedFile encoded = new EncodedFile(Octets.of(file));

    assertThat(encoded.toArray()).isEqualTo(encodedByAngus(file));
    assertThat(encoded.size()).isEqualTo(encodedByAngus(file).length);
    try (InputStream in = encoded.open()) {
      ByteArrayOutputStream octetByOctet = new ByteArrayOutputStream();
      for (int octet = in.read(); octet >= 0; octet = in.read()) {
        octetByOctet.write(octet);
      }
      assertThat(octetByOctet.toByteArray()).isEqualTo(encoded.toArray());
    }
  }

  @Test
  void a_large_message_holds_the_files_that_were_put_in_and_is_as_long_as_it_says()
      throws Exception {
    byte[] picture = random(300_000);
    byte[] plan = random(57 * 4000);
    Octets composed =
        new MimeComposer()
            .compose(
                message()
                    .html("<img src=\"cid:logo\">")
                    .inline("logo.png", "image/png", picture, "logo")
                    .attachment("plan.pdf", "application/pdf", plan)
                    .attachment("empty.txt", "text/plain", new byte[0])
                    .made());

    byte[] written = composed.toArray();

    assertThat(composed.size()).isEqualTo(written.length);
    SevenBitWall.check(written, written.length);
    Multipart mixed = (Multipart) Messages.read(written).getContent();
    Multipart alternative = (Multipart) mixed.getBodyPart(0).getContent();
    Multipart related = (Multipart) alternative.getBodyPart(1).getContent();
    assertThat(contentOf(related, 1)).isEqualTo(picture);
    assertThat(contentOf(mixed, 1)).isEqualTo(plan);
    assertThat(contentOf(mixed, 2)).isEmpty();
    assertThat(composed.toArray()).as("and once more").isEqualTo(written);
  }

  private static byte[] contentOf(Multipart multipart, int index) throws Exception {
    try (InputStream in = ((MimeBodyPart) multipart.getBodyPart(index)).getInputStream()) {
      return in.readAllBytes();
    }
  }

  @Test
  void two_verifiers_accept_a_large_signed_message() throws Exception {
    Octets composed =
        new MimeComposer().compose(message().attachment("a.bin", "a/b", random(400_000)).made());

    byte[] signed = octets(new DkimSigner(KEY).sign(composed, Instant.EPOCH));

    assertThat(ReferenceVerifier.verifies(signed, KEY.dnsRecordValue())).isTrue();
    assertThat(DkimSignerTest.verifiedByJdkim(signed, KEY)).isTrue();
  }

  /** Counts how often it is read. */
  private record Counted(Octets octets, AtomicInteger openings) implements Octets {
    @Override
    public long size() {
      return octets.size();
    }

    @Override
    public InputStream open() throws IOException {
      openings.incrementAndGet();
      return octets.open();
    }
  }

  @Test
  void files_of_a_large_message_are_read_with_it_and_not_before() throws Exception {
    var large = new Counted(Octets.of(random(300_000)), new AtomicInteger());
    Octets composed =
        new MimeComposer().compose(message().attachment("a.bin", "a/b", large).made());

    assertThat(large.openings()).hasValue(0);
    assertThat(composed.size()).isGreaterThan(400_000);
    assertThat(large.openings()).hasValue(0);
    assertThat(composed.toArray()).isNotEmpty();
    assertThat(large.openings()).hasValue(1);
  }

  @Test
  void a_message_is_read_once_to_be_signed() throws Exception {
    var composed =
        new Counted(
            new MimeComposer()
                .compose(message().attachment("a.bin", "a/b", random(300_000)).made()),
            new AtomicInteger());

    Octets signed = new DkimSigner(KEY).sign(composed, Instant.EPOCH);

    assertThat(composed.openings()).hasValue(1);
    assertThat(signed.toArray()).endsWith(composed.toArray());
  }

  @Test
  void files_of_a_small_message_are_read_once() throws Exception {
    var small = new Counted(Octets.of(random(30_000)), new AtomicInteger());

    Octets composed =
        new MimeComposer().compose(message().attachment("a.bin", "a/b", small).made());
    var _ = composed.toArray();
    var _ = composed.toArray();

    assertThat(small.openings()).hasValue(1);
  }
}
