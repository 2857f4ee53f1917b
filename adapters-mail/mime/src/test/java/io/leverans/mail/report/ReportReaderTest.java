package io.leverans.mail.report;

import static io.leverans.mail.report.SampleReports.TOKEN;
import static io.leverans.mail.report.SampleReports.UNKNOWN_USER;
import static io.leverans.mail.report.SampleReports.failed;
import static io.leverans.mail.report.SampleReports.octets;
import static io.leverans.mail.report.SampleReports.only;
import static io.leverans.mail.report.SampleReports.report;
import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.domain.bounce.ReportKind;
import io.leverans.domain.bounce.Statement;
import io.leverans.domain.bounce.Statement.Action;
import io.leverans.domain.delivery.Cause;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportReaderTest {
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
  void a_part_that_cannot_be_read_hides_no_other() {
    String broken =
        SampleReports.ascii(failed(UNKNOWN_USER))
            .replace(
                "charset=us-ascii", "charset=\"no such\"; =;;\r\nContent-Transfer-Encoding: x-odd");

    assertThat(only(reader.read(broken.getBytes(StandardCharsets.ISO_8859_1))).action())
        .isEqualTo(Action.FAILED);
  }
}
