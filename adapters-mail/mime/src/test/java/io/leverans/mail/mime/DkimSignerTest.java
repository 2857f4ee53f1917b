package io.leverans.mail.mime;

import static io.leverans.mail.mime.Messages.ascii;
import static io.leverans.mail.mime.Messages.message;
import static io.leverans.mail.mime.Messages.octets;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.leverans.domain.message.Octets;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.james.jdkim.DKIMVerifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DkimSignerTest {
  private static final byte[] PKCS8 = DkimKey.generate();
  private static final DkimKey KEY = new DkimKey("Example.com", "s1", PKCS8);
  private static final Instant AT = Instant.parse("2026-11-24T08:05:10.9Z");

  private final DkimSigner signer = new DkimSigner(KEY);

  @Test
  void a_signed_message_is_the_composed_one_behind_one_more_field() {
    Octets composed = new MimeComposer().compose(message().made());
    byte[] signed = octets(signer.sign(composed, AT));

    assertThat(ascii(signed)).startsWith("DKIM-Signature: ").endsWith(ascii(octets(composed)));
    assertThat(ascii(signed).split("DKIM-Signature", -1)).hasSize(2);
    assertThat(signer.sign(composed, AT).size()).isEqualTo(signed.length);
  }

  @Test
  void two_verifiers_accept_it() throws Exception {
    byte[] signed = signed(message().subject("Grüße").html("<p>x  y\t</p>  \n\n\n"));

    assertThat(ReferenceVerifier.verifies(signed, KEY.dnsRecordValue())).isTrue();
    assertThat(verifiedByJdkim(signed)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "\n\n\n"})
  void two_verifiers_accept_a_text_of_nothing_but_line_breaks(String text) throws Exception {
    byte[] signed = signed(message().text(text));

    assertThat(ReferenceVerifier.verifies(signed, KEY.dnsRecordValue())).isTrue();
    assertThat(verifiedByJdkim(signed)).isTrue();
  }

  @Test
  void it_says_what_was_signed_and_when() {
    String field =
        unfolded(signed(message().header("List-Unsubscribe-Post", "x").inReplyTo("<a@b>")));

    assertThat(field)
        .contains("d=example.com;", "s=s1;", "a=rsa-sha256;", "c=relaxed/relaxed;")
        .contains("t=" + AT.getEpochSecond() + ";");
    assertThat(ReferenceVerifier.tag(field, "h").replace(" ", "").split(":"))
        .containsExactlyInAnyOrder(
            "From",
            "From",
            "To",
            "Subject",
            "Date",
            "Message-ID",
            "In-Reply-To",
            "References",
            "MIME-Version",
            "Content-Type",
            "Content-Transfer-Encoding",
            "List-Unsubscribe-Post");
  }

  @Test
  void its_lines_are_short() {
    assertThat(Arrays.stream(Messages.header(signed(message())).split("\r\n", -1)))
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(78));
  }

  @Test
  void a_second_from_breaks_it() throws Exception {
    byte[] signed = signed(message());
    byte[] forged = bytes("From: The Boss <boss@example.com>\r\n" + ascii(signed));

    assertThat(ReferenceVerifier.verifies(forged, KEY.dnsRecordValue())).isFalse();
    assertThat(verifiedByJdkim(forged)).isFalse();
  }

  @Test
  void a_change_of_the_text_breaks_it() throws Exception {
    byte[] forged = bytes(ascii(signed(message())).replace("A line.", "A lime."));

    assertThat(ReferenceVerifier.verifies(forged, KEY.dnsRecordValue())).isFalse();
    assertThat(verifiedByJdkim(forged)).isFalse();
  }

  @Test
  void a_trace_line_before_everything_does_not_break_it() throws Exception {
    byte[] marked = bytes("Leverans-Delivery: b.abc\r\n" + ascii(signed(message())));

    assertThat(ReferenceVerifier.verifies(marked, KEY.dnsRecordValue())).isTrue();
    assertThat(verifiedByJdkim(marked)).isTrue();
  }

  @Test
  void many_threads_may_sign_at_once() throws Exception {
    Octets composed = new MimeComposer().compose(message().made());
    byte[] alone = octets(signer.sign(composed, AT));
    List<Callable<byte[]>> tasks =
        IntStream.range(0, 40)
            .<Callable<byte[]>>mapToObj(_ -> () -> octets(signer.sign(composed, AT)))
            .toList();

    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<byte[]> one : executor.invokeAll(tasks)) {
        assertThat(one.get()).isEqualTo(alone);
      }
    }
  }

  @Test
  void what_has_no_from_is_not_signed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> signer.sign(Octets.of(bytes("To: a@b.co\r\n\r\nFrom: x\r\n")), AT));
  }

  @Test
  void a_key_tells_its_record_and_keeps_its_secret() {
    assertThat(KEY.dnsRecordName()).isEqualTo("s1._domainkey.example.com");
    assertThat(KEY.dnsRecordValue()).matches("v=DKIM1; k=rsa; p=[A-Za-z0-9+/]{390,}={0,2}");
    assertThat(KEY.toString()).isEqualTo("DkimKey[s1._domainkey.example.com]");
  }

  @Test
  void a_key_that_is_none_is_refused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new DkimKey("a.co", "s", new byte[10]));
    assertThatIllegalArgumentException().isThrownBy(() -> new DkimKey("a.co; x=", "s", PKCS8));
  }

  private byte[] signed(Messages message) {
    return octets(signer.sign(new MimeComposer().compose(message.made()), AT));
  }

  private static boolean verifiedByJdkim(byte[] mail) throws Exception {
    return verifiedByJdkim(mail, KEY);
  }

  static boolean verifiedByJdkim(byte[] mail, DkimKey key) throws Exception {
    DKIMVerifier verifier = new DKIMVerifier((_, _, _) -> List.of(key.dnsRecordValue()));
    try {
      return !verifier.verify(new ByteArrayInputStream(mail)).isEmpty();
    } catch (org.apache.james.jdkim.exceptions.FailException _) {
      return false;
    }
  }

  private static String unfolded(byte[] signed) {
    return Messages.header(signed).replace("\r\n ", " ").lines().findFirst().orElseThrow();
  }

  private static byte[] bytes(String ascii) {
    return ascii.getBytes(StandardCharsets.ISO_8859_1);
  }
}
