package io.leverans.mail.mime;

import static io.leverans.mail.mime.Messages.ascii;
import static io.leverans.mail.mime.Messages.message;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for any Unicode a person may write. */
class MimeComposerProperties {
  @Property(tries = 100)
  void what_was_written_is_what_is_read(
      @ForAll("lines") String subject,
      @ForAll("names") String name,
      @ForAll("names") String filename,
      @ForAll("texts") String text)
      throws Exception {
    byte[] composed =
        message()
            .subject(subject)
            .from(name, "ada@example.com")
            .text(text)
            .attachment(filename, "application/pdf", new byte[] {1})
            .composed();
    MimeMessage mail = Messages.read(composed);

    assertThat(MimeUtility.unfold(mail.getSubject())).isEqualTo(subject);
    assertThat(((InternetAddress) mail.getFrom()[0]).getPersonal()).isEqualTo(name.strip());
    MimeMultipart parts = (MimeMultipart) mail.getContent();
    assertThat(parts.getBodyPart(0).getContent()).isEqualTo(withCrlf(text));
    assertThat(((MimeBodyPart) parts.getBodyPart(1)).getFileName()).isEqualTo(filename);
  }

  @Property(tries = 100)
  void nothing_but_short_lines_of_ascii_ever_leaves(
      @ForAll("lines") String subject,
      @ForAll("names") String name,
      @ForAll("texts") String text,
      @ForAll("texts") String html,
      @ForAll("lines") String value) {
    byte[] composed =
        message()
            .subject(subject)
            .from(name, "ada@example.com")
            .text(text)
            .html(html)
            .header("X-Any", value)
            .composed();

    assertThat(ascii(composed)).doesNotContainPattern("\r(?!\n)|(?<!\r)\n|[^\\x01-\\x7f]");
    assertThat(ascii(composed)).endsWith("\r\n");
    assertThat(Arrays.stream(ascii(composed).split("\r\n", -1)))
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(998));
  }

  @Provide
  Arbitrary<String> lines() {
    return characters(0x20).ofMaxLength(300);
  }

  @Provide
  Arbitrary<String> names() {
    return characters(0x21)
        .ofMinLength(1)
        .ofMaxLength(90)
        .map(name -> name.replace('/', '_').replace('\\', '_'))
        .filter(name -> !name.isBlank());
  }

  @Provide
  Arbitrary<String> texts() {
    return characters(0).withChars('\u0085').ofMaxLength(400);
  }

  private static net.jqwik.api.arbitraries.StringArbitrary characters(int lowest) {
    return Arbitraries.strings()
        .withCharRange((char) Math.max(lowest, 1), '~')
        .withChars('é', 'ß', '価', '\u2028', '\u00a0', '=', '?', '"', '\ufffd')
        .withCharRange('\u00a0', '\ud7ff');
  }

  private static String withCrlf(String text) {
    String crlf = text.replaceAll("\r\n|\r|\n", "\r\n");
    return crlf.endsWith("\r\n") ? crlf : crlf + "\r\n";
  }
}
