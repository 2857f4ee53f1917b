package io.leverans.mail.mime;

import static io.leverans.mail.mime.Messages.ascii;
import static io.leverans.mail.mime.Messages.header;
import static io.leverans.mail.mime.Messages.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.leverans.domain.message.Purpose;
import io.leverans.domain.message.Recipient.Role;
import jakarta.mail.BodyPart;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MimeComposerTest {
  @Test
  void a_short_text_reads_as_its_author_would_expect() {
    assertThat(ascii(message().recipient(Role.TO, "Bo Ek <bo@example.org>").composed()))
        .isEqualTo(
            """
            Date: Tue, 24 Nov 2026 08:05:09 +0000
            From: Ada Sand <ada@example.com>
            To: Bo Ek <bo@example.org>
            Message-ID: <one@example.com>
            Subject: Hello
            MIME-Version: 1.0
            Content-Type: text/plain; charset=UTF-8
            Content-Transfer-Encoding: quoted-printable

            A line.
            """
                .replace("\n", "\r\n"));
  }

  @Test
  void the_same_message_becomes_the_same_bytes() {
    Messages rich =
        message()
            .html("<img src=\"cid:logo\">")
            .inline("logo.png", "image/png", new byte[] {1, 2, 3}, "logo")
            .attachment("plan.pdf", "application/pdf", new byte[900]);

    assertThat(rich.composed()).isEqualTo(rich.composed());
  }

  @Test
  void blind_copies_stand_in_no_header() {
    byte[] composed =
        message()
            .recipient(Role.TO, "bo@example.org")
            .recipient(Role.CC, "cy@example.org")
            .recipient(Role.BCC, "secret@example.org")
            .composed();

    assertThat(ascii(composed)).contains("To: bo@", "Cc: cy@").doesNotContain("secret", "Bcc");
  }

  @Test
  void a_message_with_blind_copies_only_names_no_one() {
    assertThat(header(message().recipient(Role.BCC, "secret@example.org").composed()))
        .contains("To: undisclosed-recipients:;\r\n")
        .doesNotContain("secret");
  }

  @Test
  void answers_go_into_the_thread_and_to_where_they_are_wanted() {
    assertThat(
            header(
                message()
                    .inReplyTo("<first@example.org>")
                    .replyTo("Ada <desk@example.com>")
                    .composed()))
        .contains(
            "In-Reply-To: <first@example.org>\r\n",
            "References: <first@example.org>\r\n",
            "Reply-To: Ada <desk@example.com>\r\n");
  }

  @Test
  void only_the_systems_own_mail_says_that_it_is_automatic() {
    assertThat(header(message().purpose(Purpose.SYSTEM).composed()))
        .contains("Auto-Submitted: auto-generated\r\n");
    assertThat(header(message().composed())).doesNotContain("Auto-Submitted");
  }

  @Test
  void headers_of_the_applications_own_are_kept() {
    assertThat(
            header(
                message()
                    .header(
                        "List-Unsubscribe", "<https://example.com/u?a=1>,  <mailto:u@example.com>")
                    .header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")
                    .header("X-Tag", "one")
                    .header("X-Tag", "two")
                    .composed()))
        .contains(
            "List-Unsubscribe: <https://example.com/u?a=1>, <mailto:u@example.com>\r\n",
            "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n",
            "X-Tag: one\r\n",
            "X-Tag: two\r\n");
  }

  @Test
  void parts_nest_as_mail_programs_expect() throws Exception {
    MimeMessage mail =
        message()
            .text("plain")
            .html("<p>rich</p>")
            .attachment("a.txt", "text/plain", new byte[] {65})
            .inline("b.png", "image/png", new byte[] {66}, "b@x")
            .readBack();

    assertThat(shape(mail))
        .isEqualTo(
            "multipart/mixed(multipart/alternative(text/plain,"
                + "multipart/related(text/html,image/png)),text/plain)");
  }

  @Test
  void without_html_a_file_with_a_content_id_is_attached() throws Exception {
    MimeMessage mail = message().inline("b.png", "image/png", new byte[] {66}, "b@x").readBack();

    assertThat(shape(mail)).isEqualTo("multipart/mixed(text/plain,image/png)");
    assertThat(((MimeBodyPart) part(mail, 1)).getContentID()).isEqualTo("<b@x>");
    assertThat(part(mail, 1).getDisposition()).isEqualTo(Part.ATTACHMENT);
  }

  @Test
  void html_alone_is_a_single_part() throws Exception {
    MimeMessage mail = message().htmlOnly("<p>Grüße</p>").readBack();

    assertThat(shape(mail)).isEqualTo("text/html");
    assertThat(mail.getContent()).isEqualTo("<p>Grüße</p>\r\n");
  }

  @Test
  void files_arrive_octet_for_octet_under_their_names() throws Exception {
    byte[] content = new byte[1000];
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) (i * 31);
    }
    String name = "Überblick \"Q4\" – 価格表 für alle, die es wirklich ganz genau wissen wollen.pdf";
    MimeMessage mail = message().attachment(name, "application/pdf", content).readBack();

    MimeBodyPart file = (MimeBodyPart) part(mail, 1);
    assertThat(file.getFileName()).isEqualTo(name);
    assertThat(file.getInputStream().readAllBytes()).isEqualTo(content);
  }

  @ParameterizedTest
  @ValueSource(strings = {"message/rfc822", "multipart/mixed", "Message/Partial"})
  void a_file_whose_type_may_not_be_encoded_goes_as_a_mere_file(String type) throws Exception {
    MimeMessage mail = message().attachment("a.eml", type, new byte[] {-1, 10, 13, 0}).readBack();

    assertThat(part(mail, 1).isMimeType("application/octet-stream")).isTrue();
    assertThat(part(mail, 1).getInputStream().readAllBytes()).isEqualTo(new byte[] {-1, 10, 13, 0});
  }

  @Test
  void international_domains_stand_in_a_labels() {
    assertThat(
            header(
                message()
                    .from("Åsa <info@räksmörgås.example>")
                    .recipient(Role.TO, "bo@bücher.example")
                    .composed()))
        .contains("<info@xn--rksmrgs-5wao1o.example>", "To: bo@xn--bcher-kva.example\r\n");
  }

  @Test
  void a_recipient_beyond_ascii_is_shown_but_not_addressed_in_the_header() throws Exception {
    MimeMessage mail =
        message()
            .recipient(Role.TO, "José <josé@example.org>")
            .recipient(Role.TO, "bo@example.org")
            .recipient(Role.CC, "x@straße.example")
            .readBack();

    InternetAddress[] to = InternetAddress.parseHeader(mail.getHeader("To", ","), true);
    assertThat(to[0].isGroup()).isTrue();
    assertThat(to[0].getGroup(true)).isEmpty();
    assertThat(jakarta.mail.internet.MimeUtility.decodeText(mail.getHeader("To", ",")))
        .contains("José <josé@example.org>");
    assertThat(to[1].getAddress()).isEqualTo("bo@example.org");
    assertThat(mail.getHeader("Cc", ",")).doesNotContain("strasse");
  }

  @Test
  void a_sender_beyond_ascii_is_refused_in_plain_words() {
    assertThatIllegalArgumentException()
        .isThrownBy(message().from("josé@example.com")::composed)
        .withMessageContaining("ASCII");
  }

  @Test
  void a_message_id_beyond_ascii_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> message().internetId("<ü@example.com>").composed());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> message().internetId("<\0@example.com>").composed());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> message().inReplyTo("<a\u2028ü@example.com>").composed());
  }

  @Test
  void a_subject_that_looks_encoded_stays_what_was_typed() throws Exception {
    String typed = "=?utf-8?Q?Invoice?= from  us ";

    assertThat(message().subject(typed).readBack().getSubject()).isEqualTo(typed);
  }

  @Test
  void header_lines_are_short_where_words_allow() {
    Messages wide =
        message().subject("Wörter über Wörter ".repeat(30)).from("N".repeat(200), "a@b.co");
    for (int i = 0; i < 60; i++) {
      wide.recipient(Role.TO, "Müller, Nr. " + i + " <nr" + i + "@example.org>");
    }

    assertThat(Arrays.stream(header(wide.composed()).split("\r\n", -1)))
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(78));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u2028Bcc: evil@example.org",
        "\u2029Bcc: evil@example.org",
        "%0d%0aBcc: evil@example.org",
        "\uff0d\uff0a",
        "\u560d\u560aBcc: evil@example.org"
      })
  void no_field_can_start_a_header_of_its_own(String evil) throws Exception {
    MimeMessage mail =
        message()
            .from("A" + evil, "ada@example.com")
            .replyTo("B" + evil + " <b@example.com>")
            .recipient(Role.TO, "C" + evil + " <c@example.org>")
            .recipient(Role.CC, "D" + evil + " <d@example.org>")
            .subject("E" + evil)
            .header("X-E", "F" + evil)
            .html("<p>" + evil)
            .attachment("G" + evil, "image/png", new byte[] {1})
            .inline("H" + evil, "image/png", new byte[] {1}, "cid")
            .readBack();

    assertThat(mail.getHeader("Bcc")).isNull();
    assertThat(mail.getSubject()).isEqualTo("E" + evil);
    assertThat(part(mail, 1).getFileName()).isEqualTo("G" + evil);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\r\nBcc: evil@example.org", "\u0085Bcc: evil@example.org", "\n", "\r", "\0"})
  void no_control_character_reaches_a_header_at_all(String evil) {
    Stream.<UnaryOperator<Messages>>of(
            mail -> mail.from("A" + evil + "a", "ada@example.com"),
            mail -> mail.from("ada" + evil + "a@example.com"),
            mail -> mail.replyTo("B" + evil + "b <b@example.com>"),
            mail -> mail.recipient(Role.TO, "C" + evil + "c <c@example.org>"),
            mail -> mail.subject("E" + evil),
            mail -> mail.header("X-E", "F" + evil),
            mail -> mail.header("X-E" + evil, "F"),
            mail -> mail.attachment("G" + evil, "image/png", new byte[] {1}),
            mail -> mail.attachment("G", "image/png" + evil, new byte[] {1}),
            mail -> mail.inline("H", "image/png", new byte[] {1}, "h" + evil),
            mail -> mail.internetId("<a" + evil + "@example.com>"),
            mail -> mail.inReplyTo("<a" + evil + "@example.com>"))
        .forEach(
            change -> {
              try {
                byte[] composed = change.apply(message()).composed();
                assertThat(ascii(composed)).doesNotContain("Bcc", "\0");
              } catch (IllegalArgumentException refused) {
                assertThat(refused).hasMessageNotContaining("evil");
              }
            });
  }

  @Test
  void no_line_end_stands_alone_whatever_the_text_holds() {
    byte[] composed = message().text("a\rb\nc\r\nd\n\r.\n.\r\n\0\u0085\u2028e").composed();

    assertThat(ascii(composed)).doesNotContainPattern("\r(?!\n)|(?<!\r)\n").endsWith("\r\n");
    assertThat(ascii(composed).chars().max().orElseThrow()).isLessThan(0x7f);
  }

  @Test
  void long_lines_are_broken_and_read_back_whole() throws Exception {
    String line = "x".repeat(5000);
    byte[] composed = message().text(line).header("X-Long", "y".repeat(2000)).composed();

    assertThat(Arrays.stream(ascii(composed).split("\r\n", -1)))
        .allSatisfy(written -> assertThat(written.length()).isLessThanOrEqualTo(998));
    assertThat(Messages.read(composed).getContent()).isEqualTo(line + "\r\n");
  }

  @Test
  void mostly_foreign_letters_are_written_in_the_shorter_encoding() {
    assertThat(header(message().text("Привет, мир. Как дела?").composed()))
        .contains("Content-Transfer-Encoding: base64");
    assertThat(header(message().text("A naïve plan, written in plain words.").composed()))
        .contains("Content-Transfer-Encoding: quoted-printable");
  }

  @Test
  void the_thread_s_class_loader_plays_no_part() throws Exception {
    List<byte[]> composed = new ArrayList<>();
    Thread thread =
        Thread.ofPlatform()
            .unstarted(
                () ->
                    composed.add(
                        message()
                            .html("<p>x</p>")
                            .attachment("a", "text/plain", "x".getBytes(StandardCharsets.UTF_8))
                            .composed()));
    thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
    thread.start();
    thread.join();

    assertThat(composed).hasSize(1);
  }

  private static BodyPart part(Part part, int index) throws Exception {
    return ((Multipart) part.getContent()).getBodyPart(index);
  }

  private static String shape(Part part) throws Exception {
    String type = part.getContentType().replaceAll("[;\\s].*", "").strip();
    if (!(part.getContent() instanceof Multipart parts)) {
      return type.replaceAll("(?s);.*", "");
    }
    List<String> inner = new ArrayList<>();
    for (int i = 0; i < parts.getCount(); i++) {
      inner.add(shape(parts.getBodyPart(i)));
    }
    return type.replaceAll("(?s);.*", "") + "(" + String.join(",", inner) + ")";
  }
}
