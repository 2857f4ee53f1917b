package io.leverans.mail.mime;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.leverans.domain.identity.Mailbox;
import io.leverans.domain.message.Content;
import io.leverans.domain.message.InternetMessageId;
import io.leverans.domain.message.Letter;
import io.leverans.domain.message.MailFormat.Reading;
import io.leverans.domain.message.MailHeader;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.Octets;
import io.leverans.domain.message.Recipient;
import io.leverans.domain.message.Recipient.Role;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MimeFormatTest {
  private final MimeFormat format = new MimeFormat();

  @Test
  void the_header_of_a_mail_from_a_mailbox_is_read() {
    MailHeader header =
        read(
            """
            Received: by 2002:a05:6402:1d86 with SMTP id dk6csp1; Fri, 20 Nov 2026 00:00:01 -0800
            MIME-Version: 1.0
            References: <0@recipient.example>
             <1@recipient.example>
            In-Reply-To: <1@recipient.example>
            From: =?UTF-8?Q?Anna_=C3=85berg?= <anna@sender.example>
            Date: Fri, 20 Nov 2026 09:00:00 +0100
            Message-ID: <CAF+4711=x@mail.gmail.com>
            Subject: =?UTF-8?Q?Re:_H=C3=B6st?=
             =?UTF-8?Q?_och_vinter?=
            To: "Lind, Bert" <bert@recipient.example>,
             cia@recipient.example
            Cc: BERT@recipient.example, Friends: dan@recipient.example, eva@recipient.example;
            Bcc: Fia <fia@recipient.example>
            Content-Type: text/plain

            Hej
            """);
    assertThat(header.from()).isEqualTo(Mailbox.parse("Anna Åberg <anna@sender.example>"));
    assertThat(header.subject()).contains("Re: Höst och vinter");
    assertThat(header.date()).contains(Instant.parse("2026-11-20T08:00:00Z"));
    assertThat(header.messageId()).contains(new InternetMessageId("<CAF+4711=x@mail.gmail.com>"));
    assertThat(header.inReplyTo()).contains(new InternetMessageId("<1@recipient.example>"));
    assertThat(header.recipients())
        .extracting(recipient -> recipient.role() + " " + recipient.mailbox())
        .containsExactly(
            "TO Lind, Bert <bert@recipient.example>",
            "TO cia@recipient.example",
            "CC dan@recipient.example",
            "CC eva@recipient.example",
            "BCC Fia <fia@recipient.example>");
  }

  @Test
  void recipients_are_never_left_out_for_being_too_many() {
    assertThat(read(toMany(1000)).recipients()).hasSize(1000);
    assertThat(format.read(octets(toMany(1001)))).isEqualTo(new Reading.TooManyRecipients(1000));
  }

  private static String toMany(int recipients) {
    return IntStream.range(0, recipients)
        .mapToObj("to%d@recipient.example"::formatted)
        .collect(joining(",\n ", "From: anna@sender.example\nTo: ", "\n\nHej\n"));
  }

  @Test
  void what_cannot_be_read_is_left_out() {
    MailHeader header =
        read(
            """
            From: anna@sender.example
            To: undisclosed-recipients:;
            Date: the other day
            Message-ID: none
            References: <0@recipient.example> <1@recipient.example>

            """);
    assertThat(header.recipients()).isEmpty();
    assertThat(header.date()).isEmpty();
    assertThat(header.messageId()).isEmpty();
    assertThat(header.subject()).isEmpty();
    assertThat(header.inReplyTo()).contains(new InternetMessageId("<1@recipient.example>"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Hello, world", "Subject: Hi\r\n\r\nHi", "\r\nFrom: a@b.example\r\n"})
  void bytes_without_an_author_are_no_mail(String text) {
    assertThat(format.read(octets(text))).isInstanceOf(Reading.NotMail.class);
  }

  @Test
  void a_long_subject_and_control_characters_fit_what_a_message_may_have() {
    MailHeader header =
        read("From: anna@sender.example\r\nSubject: a\tb\0c " + "ö".repeat(2000) + "\r\n\r\n");
    assertThat(Content.plain(header.subject().orElseThrow(), "").subject())
        .startsWith("a b c ö")
        .hasSize(998);
  }

  @Test
  void damaged_headers_are_read_or_refused_and_nothing_else() {
    var random = new Random(5);
    byte[] sound =
        "From: A <a@b.example>\r\nTo: =?UTF-8?B?w4U=?= <c@d.example>\r\nDate: x\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < 5_000; i++) {
      byte[] damaged = sound.clone();
      for (int j = 0; j < 3; j++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      assertThat(format.read(Octets.of(damaged))).isNotNull();
    }
  }

  @Test
  void what_is_written_is_read_back() {
    var letter =
        new Letter(
            new MessageId(new UUID(0, 1)),
            Mailbox.parse("Anna Åberg <anna@sender.example>"),
            List.of(new Recipient(Role.TO, Mailbox.parse("Bert <bert@recipient.example>"))),
            new Content(
                "Höst",
                Optional.of("Hej"),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.of(new InternetMessageId("<1@recipient.example>"))),
            new InternetMessageId("<2@sender.example>"),
            Instant.parse("2026-11-20T08:00:00Z"));
    assertThat(format.read(format.write(letter)))
        .isEqualTo(
            new Reading.Read(
                new MailHeader(
                    letter.from(),
                    letter.recipients(),
                    Optional.of("Höst"),
                    Optional.of(letter.date()),
                    Optional.of(letter.internetId()),
                    letter.content().inReplyTo())));
  }

  private MailHeader read(String mail) {
    return assertInstanceOf(Reading.Read.class, format.read(octets(mail))).header();
  }

  private static Octets octets(String text) {
    return Octets.of(text.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Message-ID: 4711\r\n",
        "Message-ID: <@>\r\n",
        "Message-ID: <é@x.example>\r\n",
        ""
      })
  void a_mail_without_a_usual_id_has_the_same_stand_in_each_time_and_another_has_another(
      String id) {
    String mail =
        id + "From: anna@sender.example\r\nDate: Fri, 20 Nov 2026 09:00:00 +0100\r\n\r\nHej\r\n";
    InternetMessageId standIn = format.standIn(octets(mail));

    assertThat(standIn.value()).endsWith("@logged.invalid>");
    assertThat(format.standIn(octets(mail))).isEqualTo(standIn);
    assertThat(format.standIn(octets(mail.replace("09:00", "09:01")))).isNotEqualTo(standIn);
  }

  @Test
  void an_unusual_id_stands_for_its_mail_whatever_servers_wrote_before_and_below_it() {
    String mail = "Message-ID: 4711\r\nFrom: anna@sender.example\r\n\r\nHej\r\n";

    assertThat(format.standIn(octets("Received: by mx; today\r\n" + mail + "\r\n")))
        .isEqualTo(format.standIn(octets(mail)));
  }
}
