package io.leverans.mail.report;

import static io.leverans.mail.report.SampleReports.TOKEN;
import static io.leverans.mail.report.SampleReports.complaint;
import static io.leverans.mail.report.SampleReports.failed;
import static io.leverans.mail.report.SampleReports.octets;
import static io.leverans.mail.report.SampleReports.report;
import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.domain.bounce.ReportKind;
import io.leverans.domain.bounce.Statement;
import io.leverans.domain.bounce.Statement.Action;
import io.leverans.domain.delivery.Cause;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportReaderTest {
  private static final String UNKNOWN_USER =
      """
      Original-Recipient: rfc822;bo@example.org
      Final-Recipient: rfc822; bo.ek@mail.example.org
      Action: failed
      Status: 5.1.1
      Remote-MTA: dns; inner.example.org
      Diagnostic-Code: smtp; 550 5.1.1 <bo.ek@mail.example.org>: Recipient address
          rejected: User unknown
      """;

  private final ReportReader reader = new ReportReader();

  @Test
  void a_failure_is_read_with_all_it_says() {
    ReadReport report = reader.read(failed(UNKNOWN_USER));

    assertThat(report.kind()).isEqualTo(ReportKind.DELIVERY_STATUS);
    assertThat(report.subject()).contains("Nicht zustellbar: Grüße");
    assertThat(report.originalMessageId()).contains("<one@example.com>");
    assertThat(report.returnPathOfOriginal()).contains(TOKEN + "@bounces.example.com");
    assertThat(report.tokens()).containsExactly(TOKEN);
    Statement statement = only(report);
    assertThat(statement.action()).isEqualTo(Action.FAILED);
    assertThat(statement.recipients()).containsExactly("bo.ek@mail.example.org", "bo@example.org");
    assertThat(statement.failure().cause()).isEqualTo(Cause.MAILBOX_UNKNOWN);
    assertThat(statement.failure().status()).contains("5.1.1");
    assertThat(statement.failure().remoteHost()).contains("inner.example.org");
    assertThat(statement.failure().words())
        .isEqualTo("550 5.1.1 <bo.ek@mail.example.org>: Recipient address rejected: User unknown");
  }

  @Test
  void a_delay_is_told_from_a_failure() {
    Statement statement =
        only(
            reader.read(
                failed(
                    """
                    Final-Recipient: rfc822; bo@example.org
                    Action: delayed
                    Status: 4.4.1
                    Will-Retry-Until: Thu, 26 Nov 2026 08:05:09 +0000
                    Diagnostic-Code: X-Postfix; connect to mx.example.org: Connection timed out
                    """)));

    assertThat(statement.action()).isEqualTo(Action.DELAYED);
    assertThat(statement.failure().cause()).isEqualTo(Cause.NETWORK_FAILURE);
    assertThat(statement.failure().remoteHost()).contains("mx.example.org");
  }

  @Test
  void each_of_several_recipients_has_its_own_statement() {
    ReadReport report =
        reader.read(
            failed(
                """
                Final-Recipient: rfc822; a@example.org
                Action: failed
                Status: 5.2.2

                Final-Recipient: rfc822; b@example.org
                Action: delivered
                Status: 2.1.5
                Final-Recipient: rfc822; c@example.org
                Action: relayed (to a server without DSN)
                Status: 2.0.0
                """));

    assertThat(report.statements())
        .extracting(statement -> statement.recipients() + " " + statement.action())
        .containsExactly(
            "[a@example.org] FAILED", "[b@example.org] DELIVERED", "[c@example.org] RELAYED");
  }

  @Test
  void an_international_recipient_is_known_in_both_forms() {
    ReadReport report =
        reader.read(
            report(
                "message/global-delivery-status",
                """
                Reporting-MTA: dns; mx.bücher.example

                Original-Recipient: utf-8; jos\\x{E9}@b\\x{FC}cher.example
                Final-Recipient: utf-8; josé@bücher.example
                Action: failed
                Status: 5.6.7
                """,
                "message/global-headers",
                "Message-ID: <one@example.com>"));

    assertThat(only(report).recipients())
        .containsExactlyInAnyOrder("josé@bücher.example", "josé@xn--bcher-kva.example");
    assertThat(only(report).failure().remoteHost()).contains("mx.bücher.example");
    assertThat(report.originalMessageId()).contains("<one@example.com>");
  }

  @Test
  void a_recipient_in_a_labels_is_also_known_in_letters() {
    ReadReport report =
        reader.read(failed("Final-Recipient: rfc822; bo@xn--bcher-kva.example\nAction: failed\n"));

    assertThat(only(report).recipients())
        .containsExactly("bo@xn--bcher-kva.example", "bo@bücher.example");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          rfc822;<bo@example.org>            | bo@example.org
          RFC822; bo@example.org (Bo Ek)     | bo@example.org
          bo@example.org                     | bo@example.org
          x-unix; /var/spool/mail/bo         | ''
          rfc822; bo                         | ''
          """)
  void addresses_are_read_as_programs_write_them(String field, String address) {
    ReadReport report = reader.read(failed("Final-Recipient: " + field + "\nAction: failed\n"));

    assertThat(String.join(" ", only(report).recipients())).isEqualTo(address);
  }

  @Test
  void an_encoding_that_was_not_undone_is_undone() {
    ReadReport report =
        reader.read(failed("Original-Recipient: rfc822;bo+2Bnews@example.org\nAction: failed\n"));

    assertThat(only(report).recipients())
        .containsExactly("bo+2Bnews@example.org", "bo+news@example.org");
  }

  @Test
  void a_general_status_gives_way_to_what_the_diagnostic_says() {
    Statement statement =
        only(
            reader.read(
                failed(
                    """
                    Final-Recipient: rfc822; bo@example.org
                    Action: failed
                    Status: 5.0.0
                    Diagnostic-Code: smtp; 552 5.2.2 Mailbox full
                    """)));

    assertThat(statement.failure().status()).contains("5.2.2");
    assertThat(statement.failure().cause()).isEqualTo(Cause.MAILBOX_FULL);
  }

  @Test
  void without_an_action_the_status_says_what_happened() {
    assertThat(
            only(reader.read(failed("Final-Recipient: rfc822; a@b.co\nStatus: 4.2.1\n"))).action())
        .isEqualTo(Action.DELAYED);
  }

  @Test
  void the_original_may_be_attached_whole() {
    ReadReport report =
        reader.read(
            report(
                "message/delivery-status",
                "Reporting-MTA: dns;mx.example.org\n\n" + UNKNOWN_USER,
                "message/rfc822",
                """
                Return-Path: <x@example.com>
                Message-ID: <two@example.com>
                Subject: a

                Text.
                """));

    assertThat(report.originalMessageId()).contains("<two@example.com>");
    assertThat(report.returnPathOfOriginal()).contains("x@example.com");
  }

  @Test
  void the_words_of_a_notice_are_on_one_line_without_what_is_drawn_around_them() {
    ReadReport report =
        reader.read(
            octets(
                """
                From: MAILER-DAEMON@mx.example.org
                Subject: Undelivered mail

                ********************************************************
                **  Your message could not be delivered to

                      bo@example.org

                ********************************************************
                    The mailbox is\tfull,
                    and has been for a month.
                ========================================================
                """));

    assertThat(report.kind()).isEqualTo(ReportKind.DELIVERY_STATUS);
    assertThat(only(report).failure().words())
        .endsWith("The mailbox is full, and has been for a month.")
        .doesNotContain("\n", "\t", "  ", "****", "====");
  }

  @Test
  void a_report_that_was_passed_on_as_an_attachment_is_read() {
    String bounce = SampleReports.ascii(failed(UNKNOWN_USER)).replace("\r\n", "\n");
    ReadReport report =
        reader.read(
            octets(
                """
                From: Bo <bo@example.org>
                Subject: Fwd: what is this?
                Content-Type: multipart/mixed; boundary="outer"

                --outer
                Content-Type: text/plain

                What is this?

                --outer
                Content-Type: message/rfc822

                %s
                --outer--
                """
                    .formatted(bounce)));

    assertThat(report.kind()).isEqualTo(ReportKind.DELIVERY_STATUS);
    assertThat(only(report).failure().cause()).isEqualTo(Cause.MAILBOX_UNKNOWN);
    assertThat(report.tokens()).containsExactly(TOKEN);
  }

  @Test
  void a_report_that_a_person_quotes_in_passing_it_on_is_read() {
    ReadReport report =
        reader.read(
            octets(
                """
                From: Bo <bo@example.org>
                Subject: Fwd: Returned mail

                What is this?

                Begin forwarded message:

                > From: Mail Delivery Subsystem <MAILER-DAEMON@mx.example.net>
                > Subject: Returned mail: see transcript for details
                >
                >    ----- The following addresses had permanent fatal errors -----
                > <cy@example.net>
                >     (reason: 550 5.1.1 <cy@example.net>... User unknown)
                """));

    assertThat(report.kind()).isEqualTo(ReportKind.DELIVERY_STATUS);
    assertThat(only(report).recipients()).containsExactly("cy@example.net");
    assertThat(only(report).failure().cause()).isEqualTo(Cause.MAILBOX_UNKNOWN);
  }

  @Test
  void thousands_of_quotation_marks_are_read_like_one() {
    assertThat(reader.read(octets("From: bo@example.org\n\n" + ">".repeat(100_000))).kind())
        .isEqualTo(ReportKind.OTHER);
  }

  @Test
  void a_complaint_is_read_with_its_recipient_and_token() {
    ReadReport report = reader.read(complaint("abuse"));

    assertThat(report.kind()).isEqualTo(ReportKind.COMPLAINT);
    assertThat(only(report).recipients()).containsExactly("bo@example.org");
    assertThat(only(report).failure().remoteHost()).contains("mx.example.net");
    assertThat(report.tokens()).containsExactly(TOKEN);
    assertThat(report.originalMessageId()).contains("<one@example.com>");
  }

  @ParameterizedTest
  @CsvSource({"auth-failure, AUTH_FAILURE", "virus, VIRUS_REJECTED", "something-new, UNDETERMINED"})
  void feedback_of_another_sort_keeps_its_type_and_accuses_nobody_of_spam(
      String type, Cause cause) {
    ReadReport report = reader.read(complaint(type));

    assertThat(report.feedbackType()).contains(type);
    assertThat(only(report).failure().cause()).isEqualTo(cause);
  }

  @Test
  void feedback_that_it_is_not_spam_is_no_complaint() {
    assertThat(reader.read(complaint("not-spam")).kind()).isEqualTo(ReportKind.OTHER);
  }

  @ParameterizedTest
  @CsvSource({
    "Auto-Submitted: auto-replied (vacation), AUTO_REPLY",
    "Precedence: auto_reply, AUTO_REPLY",
    "X-Autoreply: yes, AUTO_REPLY",
    "Auto-Submitted: no, OTHER",
    "Precedence: bulk, OTHER"
  })
  void an_automatic_answer_is_told_from_a_persons(String field, ReportKind kind) {
    ReadReport report =
        reader.read(
            octets(
                "From: bo@example.org\nSubject: Away\nIn-Reply-To: <one@example.com>\n"
                    + field
                    + "\n\nI'm away.\n"));

    assertThat(report.kind()).isEqualTo(kind);
    assertThat(report.originalMessageId()).contains("<one@example.com>");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Please confirm your message: Hello | Your message was kept.
          Re: Hello                          | Confirm that you are a person and not a machine.
          Re: Hello                          | To prove to us that you are a person, follow this.
          """)
  void a_question_whether_a_person_wrote_is_no_automatic_answer(String subject, String text) {
    ReadReport report =
        reader.read(
            octets(
                "From: bo@example.org\nAuto-Submitted: auto-replied\nSubject: %s\n\n%s\n"
                    .formatted(subject, text)));

    assertThat(report.kind()).isEqualTo(ReportKind.CHALLENGE);
  }

  @Test
  void a_mailer_daemon_that_calls_itself_automatic_is_no_automatic_answer() {
    assertThat(
            reader
                .read(
                    octets(
                        "From: MAILER-DAEMON@a.example\nAuto-Submitted: auto-replied\n\nSorry.\n"))
                .kind())
        .isEqualTo(ReportKind.OTHER);
  }

  @Test
  void tokens_are_found_wherever_they_stand() {
    String upper = TOKEN.toUpperCase(Locale.ROOT);
    String encoded =
        Base64.getMimeEncoder()
            .encodeToString(("Path " + TOKEN + "@b.example").getBytes(StandardCharsets.UTF_8));

    assertThat(tokensIn("X-Original-To: " + upper + "@b.example\n\n")).containsExactly(TOKEN);
    assertThat(tokensIn("\nSRS0=Ab=cd=b.example=" + TOKEN + "@relay.example"))
        .containsExactly(TOKEN);
    assertThat(tokensIn("\nhttps://a.example/?r=" + TOKEN.replace(".", "%2E")))
        .containsExactly(TOKEN);
    assertThat(
            tokensIn(
                "Content-Transfer-Encoding: quoted-printable\n\nTo: "
                    + TOKEN.substring(0, 30)
                    + "=\n"
                    + TOKEN.substring(30)))
        .containsExactly(TOKEN);
    assertThat(tokensIn("Content-Transfer-Encoding: base64\n\n" + encoded)).containsExactly(TOKEN);
  }

  @Test
  void tokens_are_found_in_the_header_of_a_mail_that_was_encoded() {
    String original =
        Base64.getMimeEncoder()
            .encodeToString(
                octets("Subject: Hello\nLeverans-Delivery:\n " + TOKEN + "\n\nA line.\n"));

    assertThat(
            tokensIn(
                """
                Content-Type: multipart/mixed; boundary=edge

                --edge
                Content-Type: message/rfc822
                Content-Transfer-Encoding: base64

                %s
                --edge--
                """
                    .formatted(original.replace("\r\n", "\n"))))
        .containsExactly(TOKEN);
  }

  @Test
  void what_is_shorter_than_a_token_is_none() {
    assertThat(tokensIn("\n" + TOKEN.substring(0, 56))).isEmpty();
  }

  @Test
  void a_part_that_cannot_be_read_hides_no_other() {
    String broken =
        SampleReports.ascii(failed(UNKNOWN_USER))
            .replace(
                "charset=us-ascii", "charset=\"no such\"; =;;\r\nContent-Transfer-Encoding: x-odd");

    assertThat(only(reader.read(broken.getBytes(StandardCharsets.ISO_8859_1))).action())
        .isEqualTo(Action.FAILED);
  }

  private List<String> tokensIn(String mail) {
    return reader.read(octets(mail)).tokens();
  }

  private static Statement only(ReadReport report) {
    assertThat(report.statements()).hasSize(1);
    return report.statements().getFirst();
  }
}
